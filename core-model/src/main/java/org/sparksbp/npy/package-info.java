/**
 * NumPy's {@code .npy} format (numpy.lib.format in the NumPy reference manual, versions 1 to 3):
 * the one reader and writer of it. What an array is good for is decided elsewhere: model folders
 * hold {@link org.sparksbp.npy.FloatArrayFile}s, event clips rows of {@link
 * org.sparksbp.npy.NpyHeader.Field}s.
 */
package org.sparksbp.npy;
