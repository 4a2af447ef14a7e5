/** Handwritten digits in IDX files: images of 28x28 pixels as 784 channels, classes 0 to 9. */
package org.sparksbp.mnist;
