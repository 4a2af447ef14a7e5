/** What prepared data looks like: counts, rates and sparsity, and the raster plot of a sample. */
package org.sparksbp.inspect;
