/**
 * What a round of training costs on how large a cluster: a model fitted to the measurements of
 * {@code benchmarks/scale.sh}.
 */
package org.sparksbp.scale;
