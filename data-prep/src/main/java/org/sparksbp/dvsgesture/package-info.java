/**
 * Eleven hand gestures before an event camera (A. Amir et al., "A low power, fully event-based
 * gesture recognition system", CVPR 2017): clips of recordings, binned in time and space to frames.
 */
package org.sparksbp.dvsgesture;
