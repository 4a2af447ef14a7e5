package org.sparksbp.benchmark.device;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.sparksbp.benchmark.device.DeviceReport.ProductRate;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceException;
import org.sparksbp.device.Devices;
import org.sparksbp.device.ProductTile;
import org.sparksbp.learner.ModelType;
import org.sparksbp.pack.DeviceModelType;

/** All measurements on one device, one after the other. */
public final class DeviceBenchmark {

  /** At most how much longer the next round is tried, as the first ones are slow. */
  private static final int GROWTH = 8;

  private static final int DIGITS = 2_000;

  private final DeviceEffort effort;
  private final String address;
  private final Consumer<String> progress;

  /**
   * Prepares a run.
   *
   * @param address of the device, see {@link Devices#open}
   * @param progress told what is measured next
   */
  public DeviceBenchmark(DeviceEffort effort, String address, Consumer<String> progress) {
    this.effort = effort;
    this.address = address;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param onTheWay told what there is after each measurement
   * @throws org.sparksbp.device.NoDeviceException saying what is missing, if there is no device
   */
  public DeviceReport run(Consumer<DeviceReport> onTheWay) {
    long start = System.nanoTime();
    Device device = Devices.open(address);
    progress.accept("the device's ceilings");
    DeviceCeilings ceilings = DeviceCeilings.measure(device);
    List<ProductRate> products = effort.large().stream().map(one -> products(device, one)).toList();
    MadeUpDigits digits = new MadeUpDigits(DIGITS);
    List<DeviceResult> results = new ArrayList<>();
    try (PowerMeter power = new PowerMeter(address)) {
      for (DeviceWorkload workload : DeviceWorkload.of(effort)) {
        if ((System.nanoTime() - start) * 1e-9 > effort.within()) {
          results.add(DeviceResult.skipped(workload, "no time left"));
          continue;
        }
        progress.accept(workload.shown());
        results.add(measure(device, workload, digits, power));
        onTheWay.accept(
            new DeviceReport(device.description(), effort, ceilings, products, results));
      }
    }
    return new DeviceReport(device.description(), effort, ceilings, products, results);
  }

  private ProductRate products(Device device, int hidden) {
    int inputs = MadeUpDigits.SHAPE.channels();
    int batch = effort.largeBatch();
    ProductTile tile = ProductTile.of(device.description());
    try (DeviceProducts products = new DeviceProducts(device, tile, inputs, hidden, batch)) {
      return new ProductRate(inputs, hidden, batch, products.multiplyAddsPerSecond());
    }
  }

  private DeviceResult measure(
      Device device, DeviceWorkload workload, MadeUpDigits digits, PowerMeter power) {
    if (!(ModelType.named(workload.model()) instanceof DeviceModelType type)) {
      return DeviceResult.skipped(workload, workload.model() + " is computed on processors only");
    }
    long start = System.nanoTime();
    List<Config> configurations = workload.configurations();
    try (PackRun run = new PackRun(type, device, configurations, digits)) {
      run.warmUp();
      double setUp = (System.nanoTime() - start) * 1e-9;
      return measure(device, workload, run, power, setUp);
    } catch (DeviceException | ConfigException | CancellationException e) {
      return DeviceResult.skipped(workload, e.getMessage());
    }
  }

  /** Rounds as long as a sweep's, shorter where one would take too long. */
  private DeviceResult measure(
      Device device, DeviceWorkload workload, PackRun run, PowerMeter power, double setUp) {
    double each = effort.seconds() / (effort.repetitions() + 1);
    int most = run.mostBatchesAtOnce();
    int batches = 1;
    double ofRound = run.learn(1, batches);
    while (batches < most && ofRound < each / 2) {
      double fitting = Math.min(GROWTH, each / 2 / ofRound) * batches;
      if (fitting < batches + 1) {
        break;
      }
      batches = (int) Math.min(most, fitting);
      ofRound = run.learn(1, batches);
    }
    int rounds = (int) Math.max(1, Math.min(1_000, (long) (each / ofRound)));
    long written = device.writtenBytes();
    long read = device.readBytes();
    List<Double> rates = new ArrayList<>();
    long start = System.nanoTime();
    for (int repetition = 0; repetition < effort.repetitions(); repetition++) {
      double seconds = run.learn(rounds, batches);
      rates.add((double) workload.pack() * rounds * batches * run.batch() / seconds);
    }
    OptionalDouble watts = power.wattsSince(start);
    double allRounds = (double) rounds * effort.repetitions();
    return new DeviceResult(
        workload,
        run.batch(),
        batches,
        run.parameters(),
        rates,
        run.multiplyAccumulates(),
        (device.writtenBytes() - written) / allRounds,
        (device.readBytes() - read) / allRounds,
        setUp,
        watts,
        Optional.empty());
  }
}
