/**
 * The containers in which camera events are stored: AEDAT 3.1 recordings, {@code .bs2} clips and
 * NumPy arrays. All are read as streams from a byte buffer, without an object for each event.
 */
package org.sparksbp.aedat;
