/**
 * From intensities to spikes. An encoder is a pure function of the intensities, the seed and the
 * sample's id, so that a sample is the same wherever and however often it is encoded.
 */
package org.sparksbp.encoding;
