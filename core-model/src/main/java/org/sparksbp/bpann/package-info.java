/**
 * The backpropagation baseline: a multilayer perceptron of Deeplearning4j, as a learner. Its
 * weights start where the spiking networks' do, so that a comparison starts from the same network.
 */
package org.sparksbp.bpann;
