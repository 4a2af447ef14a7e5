package org.sparksbp.cli;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.cluster.ClusterStart;
import org.sparksbp.cluster.GpuAmounts;
import org.sparksbp.cluster.LocalFolders;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.rounds.SbpKryoRegistrator;

/** Starts Spark as the jobs need it. What the user or spark-submit has set stays. */
final class SparkSessions {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";
  private static final String KRYO_REGISTRATION = "spark.kryo.registrationRequired";

  /** One and a half times the memory that Spark reserves for itself. */
  private static final long LEAST_MEMORY = 450L << 20;

  /** Of this much heap that memory can be used, whichever collector has its share. */
  private static final String LEAST_HEAP = "512m";

  private static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  private SparkSessions() {}

  /**
   * Starts Spark for a command that computes on no graphics cards.
   *
   * @param name shown by the cluster
   */
  static JavaSparkContext start(String name, CommonOptions options) {
    return start(configuration(new SparkConf(), name, options), options);
  }

  /**
   * Starts Spark for a command that computes on the graphics cards that {@code --gpus} asks for.
   *
   * @param name shown by the cluster
   */
  static JavaSparkContext startComputing(String name, CommonOptions options) {
    SparkConf spark = configuration(new SparkConf(), name, options);
    options
        .gpus()
        .ifPresent(
            gpus -> GpuRequest.apply(spark, gpus, Optional.ofNullable(System.getenv("SBP_HOME"))));
    return start(spark, options);
  }

  private static JavaSparkContext start(SparkConf configuration, CommonOptions options) {
    checkHeap(Runtime.getRuntime().maxMemory(), configuration);
    ProcessEnd.watch();
    LocalFolders.choose(configuration, System.getenv(), options::tell);
    EventLogFolder.create(configuration);
    JavaSparkContext spark = ClusterStart.start(configuration, options::tell);
    NamedJobs.of(spark); // until a job of its own says better
    if (System.getProperty("log4j2.configurationFile") == null) {
      spark.setLogLevel(options.verbose ? "INFO" : "WARN");
    }
    return spark;
  }

  /** Spark starts on no smaller heap, and says how to enlarge it for its own scripts only. */
  static void checkHeap(long bytes, SparkConf spark) {
    if (bytes < LEAST_MEMORY && !spark.contains("spark.testing.memory")) {
      throw new InvalidConfigurationException(
          String.format(
              Locale.ROOT,
              "Invalid heap: %d MiB can be used, Spark needs %d MiB; set SBP_HEAP=%s or more (with"
                  + " spark-submit: --driver-memory)",
              bytes >> 20,
              LEAST_MEMORY >> 20,
              LEAST_HEAP));
    }
  }

  /** Adds to what is set what is not. */
  static SparkConf configuration(SparkConf spark, String name, CommonOptions options) {
    options.spark.apply(spark, System.getenv());
    takeSecret(spark, System.getenv(SecurityManager.ENV_AUTH_SECRET()));
    spark.setIfMissing("spark.app.name", name);
    if (spark.get("spark.master").startsWith("local")) {
      spark.setIfMissing("spark.driver.host", LOOPBACK);
      spark.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      spark.setIfMissing("spark.ui.enabled", "false");
      // A task that runs out of memory would end the process with an exit code of Spark's; its job
      // fails as well, which tells what to do.
      spark.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    if (GpuAmounts.isLocal(spark)) {
      // The only executor is this process. Were it given up after a silence, a laptop that
      // sleeps for two minutes would end the command.
      spark.setIfMissing("spark.storage.blockManagerHeartbeatTimeoutMs", "365d");
    }
    spark.setIfMissing("spark.ui.showConsoleProgress", "false");
    // A numeric library that starts threads beside Spark's tasks slows everything down.
    spark.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    spark.setIfMissing("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    if (spark.get("spark.master").equals("yarn")) {
      // Else YARN would be told that all went well when the driver is killed in client mode.
      spark.setIfMissing("spark.yarn.am.clientModeTreatDisconnectAsFailed", "true");
    }
    addJavaOption(spark, "spark.executor.extraJavaOptions", VECTOR_MODULE);
    setKryo(spark);
    spark.setIfMissing("spark.kryoserializer.buffer.max", "512m");
    // Blocks of samples are spread evenly: longer than this no task need wait for the executor that
    // holds its block, and one that takes a task from another must fetch the block first.
    spark.setIfMissing("spark.locality.wait", "200ms");
    // Rounds that do not fit at once are run one by one instead, which need not take ten minutes.
    spark.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    spark.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "2");
    // Parameters hardly compress, and they come back in the task's own reply: both save time a
    // round.
    spark.setIfMissing("spark.broadcast.compress", "false");
    spark.setIfMissing("spark.task.maxDirectResultSize", "64m");
    return spark;
  }

  /**
   * A worker of a standalone cluster hands the secret to a driver that it starts in the
   * environment, where Spark does not look for it before it demands the setting.
   *
   * @param secret null where there is none
   */
  static void takeSecret(SparkConf spark, String secret) {
    if (secret != null && spark.getBoolean(SecurityManager.SPARK_AUTH_CONF(), false)) {
      spark.setIfMissing(SecurityManager.SPARK_AUTH_SECRET_CONF(), secret);
    }
  }

  /** Classes that the user registers are registered beside ours. */
  private static void setKryo(SparkConf spark) {
    String serializer = spark.get("spark.serializer", KRYO);
    if (!serializer.equals(KRYO)) {
      throw new InvalidConfigurationException(
          "Invalid spark.serializer " + serializer + ": samples and sums are sent by " + KRYO);
    }
    spark.set("spark.serializer", KRYO);
    if (!spark.getBoolean(KRYO_REGISTRATION, true)) {
      throw new InvalidConfigurationException(
          "Invalid "
              + KRYO_REGISTRATION
              + " false: only classes that are registered are taken from other processes; register"
              + " yours by spark.kryo.registrator");
    }
    spark.set(KRYO_REGISTRATION, "true");
    String own = SbpKryoRegistrator.class.getName();
    String given = spark.get("spark.kryo.registrator", own);
    spark.set("spark.kryo.registrator", given.contains(own) ? given : own + "," + given);
  }

  private static void addJavaOption(SparkConf spark, String key, String option) {
    String options = spark.get(key, "");
    if (!options.contains("jdk.incubator.vector")) {
      spark.set(key, (options + " " + option).trim());
    }
  }
}
