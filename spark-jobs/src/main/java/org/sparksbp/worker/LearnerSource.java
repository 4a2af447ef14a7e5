package org.sparksbp.worker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.sparksbp.cluster.AssignedGpu;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/**
 * Gives a task a learner of the run, one that an earlier task of the process has used if it can.
 */
public final class LearnerSource implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pool IDLE = new Pool();

  private final String model;
  private final String configuration;
  private final int channels;
  private final int outputs;
  private final int steps;
  private final boolean gpu;
  private final String gpuName;
  private transient Learner given;

  public LearnerSource(String model, Config configuration, NetworkShape shape) {
    this.model = model;
    this.configuration = configuration.root().render(ConfigRenderOptions.concise());
    this.channels = shape.channels();
    this.outputs = shape.outputs();
    this.steps = shape.steps();
    this.gpu = DeviceChoice.isGpu(configuration);
    this.gpuName =
        configuration.hasPath(ClusterDevices.NAME)
            ? configuration.getString(ClusterDevices.NAME)
            : "";
  }

  /** Of the model that a run's configuration names. */
  public static LearnerSource of(Config configuration, NetworkShape shape) {
    return new LearnerSource(configuration.getString("model"), configuration, shape);
  }

  /** The same that lends this learner, in this process alone, and leaves it to its owner. */
  public LearnerSource lending(Learner learner) {
    Config all = ConfigFactory.parseString(configuration);
    LearnerSource source =
        new LearnerSource(model, all, new NetworkShape(channels, outputs, steps));
    source.given = learner;
    return source;
  }

  /**
   * Opens the GPU of this task.
   *
   * @throws NoDeviceException if it is not one of the run's
   */
  public Device taskDevice() {
    String address = taskGpu().orElse("");
    requireGpuOfTheRun(address);
    return Devices.open(address);
  }

  /** Name of the model type. */
  public String model() {
    return model;
  }

  /**
   * Builds a learner with its initial parameters; the caller closes it. A run's GPUs are assigned
   * to its tasks: outside of a task a learner computes on the processor, from the same initial
   * parameters.
   *
   * @throws NoDeviceException if the task's GPU is not one of the run's
   */
  public Learner create() {
    return create(taskGpu());
  }

  private Learner create(Optional<String> taskGpu) {
    taskGpu.ifPresent(this::requireGpuOfTheRun);
    Config all = ConfigFactory.parseString(configuration);
    Config here =
        taskGpu
            .map(address -> DeviceChoice.at(all, address))
            .orElseGet(() -> DeviceChoice.onProcessor(all));
    return ModelType.named(model).create(here, new NetworkShape(channels, outputs, steps));
  }

  /** Address of the GPU that a learner of this task computes on; empty if it is on none. */
  private Optional<String> taskGpu() {
    return gpu && TaskContext.get() != null
        ? Optional.of(
            AssignedGpu.address()
                .orElseGet(() -> DeviceChoice.address(ConfigFactory.parseString(configuration))))
        : Optional.empty();
  }

  /** Executors that came when the run had begun may have others, which would round differently. */
  private void requireGpuOfTheRun(String address) {
    String found = gpuName.isEmpty() ? gpuName : Devices.describe(address).name();
    if (!gpuName.equals(found)) {
      throw new NoDeviceException(
          "Cannot go on: this run computes on "
              + gpuName
              + ", executor "
              + SparkEnv.get().executorId()
              + " has "
              + found
              + ". Keep the executors to nodes of one kind");
    }
  }

  /**
   * Lends a learner for the time of a call. Its parameters and memory are whatever its last user
   * left: set both before use.
   */
  public <R> R with(Function<Learner, R> use) {
    if (given != null) {
      return use.apply(given);
    }
    Optional<String> taskGpu = taskGpu();
    String network = model + ' ' + channels + ' ' + outputs + ' ' + steps + ' ' + configuration;
    // A learner has its parameters on one GPU: a task of another must not get it.
    String key = taskGpu.orElse("processor") + ' ' + network;
    Learner idle = IDLE.take(key);
    Learner learner = idle == null ? create(taskGpu) : idle;
    R result;
    try {
      result = use.apply(learner);
    } catch (RuntimeException | Error e) {
      learner.close();
      throw e;
    }
    IDLE.put(key, learner);
    return result;
  }

  /** Learners of this process that no task uses now; the ones unused for longest give way. */
  private static final class Pool {
    private static final int MOST = 2 * Runtime.getRuntime().availableProcessors();

    private final Deque<Idle> idle = new ArrayDeque<>();

    private record Idle(String key, Learner learner) {}

    /** A learner of that key, or null. */
    synchronized Learner take(String key) {
      for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
        Idle next = all.next();
        if (next.key().equals(key)) {
          all.remove();
          return next.learner();
        }
      }
      return null;
    }

    void put(String key, Learner learner) {
      Idle oldest = null;
      synchronized (this) {
        idle.addFirst(new Idle(key, learner));
        if (idle.size() > MOST) {
          oldest = idle.removeLast();
        }
      }
      if (oldest != null) {
        oldest.learner().close();
      }
    }
  }
}
