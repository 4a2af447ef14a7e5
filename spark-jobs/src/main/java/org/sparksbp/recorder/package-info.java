/**
 * Takes snapshots of a network on its way: histograms of weights, rates and activities, a raster of
 * one sample, a confusion matrix. Learning knows nothing of it.
 */
package org.sparksbp.recorder;
