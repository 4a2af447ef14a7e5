/** Which tasks there are; stands above them, so that {@code task} need not know its own kinds. */
package org.sparksbp.dataset;
