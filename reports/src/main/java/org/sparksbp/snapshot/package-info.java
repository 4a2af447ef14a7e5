/**
 * What a network looks like at some epoch: histograms of its weights, rates and activities, a
 * raster of one sample, a confusion matrix. Sweeps keep snapshots, reports draw them.
 */
package org.sparksbp.snapshot;
