/**
 * Clips of camera events binned in time and space to frames, and the samples that come of them:
 * what all data sets of events share.
 */
package org.sparksbp.clip;
