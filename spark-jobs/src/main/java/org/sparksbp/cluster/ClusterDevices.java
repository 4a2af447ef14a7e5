package org.sparksbp.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.learner.ModelType;
import org.sparksbp.pack.DeviceModelType;

/**
 * Decides on the driver, once, what the learners of an application compute on, and asks the
 * executors what their GPUs are. Devices differ by rounding, so a run has GPUs of one name, which
 * becomes a part of its configuration and so of its identity.
 */
public final class ClusterDevices {

  /** Name of the GPUs that a run computes on; no key that a user sets. */
  public static final String NAME = "compute.device-name";

  private final JavaSparkContext spark;
  private final GpuAmounts amounts;
  private Optional<DeviceDescription> surveyed = Optional.empty();

  public ClusterDevices(JavaSparkContext spark) {
    this.spark = spark;
    this.amounts = GpuAmounts.of(spark.sc().conf());
  }

  /**
   * The configuration of a run: {@code compute.device = auto} becomes {@code gpu} where executors
   * have GPUs and the run's model is computed on them, else {@code cpu}. With {@code gpu} it also
   * has the {@link #NAME} of the executors' GPUs.
   *
   * @throws NoDeviceException saying what is missing, if no GPU is usable or if they are not alike
   * @throws InvalidConfigurationException if {@code gpu} is asked for and the model has no GPU code
   */
  public Config decided(Config configuration) {
    boolean suits = amounts.areAssigned() && isComputedOnGpus(configuration);
    Config decided = DeviceChoice.decided(configuration, suits);
    if (!DeviceChoice.isGpu(decided)) {
      return decided;
    }
    requireGpuModel(decided);
    return decided.withValue(
        NAME, ConfigValueFactory.fromAnyRef(gpu(decided).name(), "the executors"));
  }

  /** The configuration of a trained model, decided for machines that it may not be trained on. */
  public Config decidedForInference(Config configuration) {
    return decided(DeviceChoice.undecided(configuration.withoutPath(NAME)));
  }

  /** What the GPUs are, if a run was decided to compute on them. */
  public synchronized Optional<DeviceDescription> gpu() {
    return surveyed;
  }

  /**
   * The GPUs that tasks compute on at the moment.
   *
   * @param cards how many there are for tasks that run at once, at least 1
   * @param tasksOfEach most tasks that share one
   * @param description of each
   */
  public record Cards(int cards, int tasksOfEach, DeviceDescription description) {}

  /** The GPUs of the executors, if a run was decided to compute on them. */
  public Optional<Cards> cards() {
    return gpu().map(this::cards);
  }

  private Cards cards(DeviceDescription description) {
    int slots = Math.max(1, LiveExecutors.allSlots(spark.sc()));
    int all = spark.isLocal() ? amounts.ofAnExecutor() : LiveExecutors.gpus(spark.sc());
    int used = Math.min(slots, Math.max(1, all));
    return new Cards(used, (slots + used - 1) / used, description);
  }

  private static Optional<DeviceModelType> gpuModel(Config configuration) {
    try {
      return ModelType.named(configuration.getString("model")) instanceof DeviceModelType model
          ? Optional.of(model)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // No model at all is told by whoever makes one.
      return Optional.empty();
    }
  }

  private static boolean isComputedOnGpus(Config configuration) {
    try {
      Optional<DeviceModelType> model = gpuModel(configuration);
      model.ifPresent(type -> type.checkForDevice(configuration));
      return model.isPresent();
    } catch (ConfigException e) {
      return false;
    }
  }

  private static void requireGpuModel(Config configuration) {
    if (gpuModel(configuration).isEmpty()) {
      throw new InvalidConfigurationException(
          "Invalid compute.device: gpu, but the model "
              + configuration.getString("model")
              + " is computed on processors only; set compute.device = cpu, or auto");
    }
  }

  private synchronized DeviceDescription gpu(Config configuration) {
    if (surveyed.isEmpty()) {
      surveyed = Optional.of(onlyKind(survey(configuration)));
    }
    return surveyed.get();
  }

  /** A look at each GPU that a task can be assigned. */
  private List<SurveyedGpu> survey(Config configuration) {
    if (spark.isLocal()) {
      return amounts.areAssigned()
          ? IntStream.range(0, amounts.ofAnExecutor())
              .mapToObj(gpu -> SurveyedGpu.at(String.valueOf(gpu)))
              .toList()
          : List.of(SurveyedGpu.at(DeviceChoice.address(configuration)));
    }
    if (!amounts.areAssigned() || amounts.ofATask() <= 0) {
      throw new NoDeviceException(
          "Cannot compute on graphics cards: Spark is to assign none, "
              + (amounts.areAssigned() ? GpuAmounts.TASK_AMOUNT : GpuAmounts.EXECUTOR_AMOUNT)
              + " is not set. Give --gpus N, the number of an executor, or set compute.device ="
              + " cpu");
    }
    int tasks = Math.max(1, LiveExecutors.allSlots(spark.sc()));
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    try (NamedJobs ignored = NamedJobs.of(spark, "look at graphics cards")) {
      return spark.parallelize(numbers, tasks).map(number -> SurveyedGpu.ofTask()).collect();
    }
  }

  /** What all of them are. */
  static DeviceDescription onlyKind(List<SurveyedGpu> gpus) {
    for (SurveyedGpu gpu : gpus) {
      if (gpu.description() == null) {
        throw new NoDeviceException(gpu.missing() + " (" + gpu.place() + ")");
      }
    }
    Map<String, String> placesByName =
        gpus.stream()
            .collect(
                Collectors.groupingBy(
                    gpu -> gpu.description().name(),
                    TreeMap::new,
                    Collectors.mapping(
                        SurveyedGpu::place,
                        Collectors.collectingAndThen(
                            Collectors.toCollection(TreeSet::new),
                            places -> String.join(", ", places)))));
    if (placesByName.size() > 1) {
      throw new NoDeviceException(
          "Cannot compute on graphics cards that differ, for they round differently: "
              + placesByName.entrySet().stream()
                  .map(name -> name.getKey() + " (" + name.getValue() + ")")
                  .collect(Collectors.joining(", "))
              + ". Keep the executors to nodes of one kind (a node label, a queue, a selector)");
    }
    return gpus.get(0).description();
  }
}
