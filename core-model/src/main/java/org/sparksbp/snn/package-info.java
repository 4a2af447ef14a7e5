/**
 * The plasticity-trained spiking network (Zhang et al., Science Advances 7(43), eabh0146, 2021): a
 * spiking forward pass, a homeostatic and a weakly clamped relaxation, and a local learning rule.
 * Its equations stand once in {@code Nd4jNetwork}, to be read, and once in {@code ArrayNetwork}, to
 * be fast; conformance tests hold both to the published implementation's numbers.
 */
package org.sparksbp.snn;
