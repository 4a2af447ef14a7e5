/**
 * The containers in which camera events are stored: AEDAT 3.1 and 4 recordings, {@code .bs2} and
 * N-MNIST's clips, NumPy arrays and archives, HDF5. All but the last two are read as streams from a
 * byte buffer, and none with an object for each event.
 */
package org.sparksbp.aedat;
