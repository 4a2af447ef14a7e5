/**
 * MNIST and its relatives: images of 28x28 pixels with a class each, in IDX files or tables. An
 * {@code ImageTask} finds, reads and divides them; a set of its own says what its files and its
 * classes are called, {@code PublishedImages} where they are to be had.
 */
package org.sparksbp.mnist;
