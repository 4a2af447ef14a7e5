package org.sparksbp.benchmark.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast networks learned on a device.
 *
 * @param workload which networks
 * @param batch samples of a batch
 * @param batchesPerRound batches that each member was given at once
 * @param parameters of a member
 * @param rates samples a second of all members together, one of each repetition
 * @param multiplyAccumulates of a sample, of the model's equations on dense arrays
 * @param writtenPerRound bytes that a round wrote to the device, all members together
 * @param readPerRound bytes that a round read from it
 * @param setUpSeconds for building the members and the first batch, compiling included
 * @param watts that the card took meanwhile, where that is known
 * @param skipped why nothing was measured, if nothing was
 */
record DeviceResult(
    DeviceWorkload workload,
    int batch,
    int batchesPerRound,
    long parameters,
    List<Double> rates,
    double multiplyAccumulates,
    double writtenPerRound,
    double readPerRound,
    double setUpSeconds,
    OptionalDouble watts,
    Optional<String> skipped) {

  static DeviceResult skipped(DeviceWorkload workload, String reason) {
    return new DeviceResult(
        workload, 0, 0, 0, List.of(), 0, 0, 0, 0, OptionalDouble.empty(), Optional.of(reason));
  }

  /** Median of the rates. */
  double samplesPerSecond() {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  double least() {
    return rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double greatest() {
    return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Multiply-accumulates a second of the equations on dense arrays. */
  double multiplyAccumulatesPerSecond() {
    return samplesPerSecond() * multiplyAccumulates;
  }

  /** Bytes a second if each batch does no more than read and write every parameter once. */
  double parameterBytesPerSecond() {
    return samplesPerSecond() / batch * parameters * 2 * Float.BYTES;
  }

  /** Milliseconds of a round. */
  double roundMilliseconds() {
    return 1e3 * workload.pack() * batchesPerRound * batch / samplesPerSecond();
  }

  /** Joules of a sample, where the card tells what it takes. */
  OptionalDouble joulesPerSample() {
    return watts.isPresent()
        ? OptionalDouble.of(watts.getAsDouble() / samplesPerSecond())
        : OptionalDouble.empty();
  }
}
