package org.sparksbp.snn;

/** The three phases in which the network answers a batch. */
enum Phase {
  SPIKING,
  HOMEOSTATIC,
  CLAMPED
}
