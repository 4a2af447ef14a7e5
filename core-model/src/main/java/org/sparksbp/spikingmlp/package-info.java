/**
 * The spiking multilayer perceptron trained by gradients: backpropagation through time with a
 * surrogate gradient, the same with self-backpropagation in most updates, and the published
 * comparators reward propagation and e-prop. A sample is presented and its gradient accumulated on
 * its own, so scratch memory does not grow with the batch; input spikes are never made dense.
 */
package org.sparksbp.spikingmlp;
