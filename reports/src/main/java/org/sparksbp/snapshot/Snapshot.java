package org.sparksbp.snapshot;

import java.util.List;

/**
 * A network after an epoch. Rates and rasters are empty for a network without spikes, activities
 * for one without graded ones.
 *
 * @param epoch from 1
 * @param weights values of each block of weights
 * @param rates spikes per time step of each hidden neuron of a layer, averaged over samples
 * @param activities graded activity after the last step, of each hidden neuron for each sample
 * @param settled activity when inference has ended, of each hidden neuron for each sample, where
 *     the network settles behind its last step; empty in files that have none
 * @param rasters of input, hidden layers and output for one sample
 * @param maps graded activities of the hidden layers and the output for the same sample
 */
public record Snapshot(
    int epoch,
    List<Histogram> weights,
    List<Histogram> rates,
    List<Histogram> activities,
    List<Histogram> settled,
    List<Raster> rasters,
    List<ActivityMap> maps) {

  public Snapshot {
    weights = List.copyOf(weights);
    rates = List.copyOf(rates);
    activities = List.copyOf(activities);
    settled = settled == null ? List.of() : List.copyOf(settled);
    rasters = List.copyOf(rasters);
    maps = List.copyOf(maps);
  }

  /** Of a network whose activity is not shown. */
  public static Snapshot ofWeights(int epoch, List<Histogram> weights) {
    return new Snapshot(epoch, weights, List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
