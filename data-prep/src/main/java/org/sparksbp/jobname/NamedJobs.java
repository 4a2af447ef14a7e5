package org.sparksbp.jobname;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * While it is open, the jobs that this thread starts are described by a name behind the description
 * that they had, and their stages are called by the name alone. So are the stages of data sets that
 * are made meanwhile.
 */
public final class NamedJobs implements AutoCloseable {

  private static final String DESCRIPTION = "spark.job.description";
  private static final String STAGE = "callSite.short";

  private final SparkContext spark;
  private final String earlierDescription;
  private final String earlierStage;

  private NamedJobs(SparkContext spark, String name) {
    this.spark = spark;
    this.earlierDescription = spark.getLocalProperty(DESCRIPTION);
    this.earlierStage = spark.getLocalProperty(STAGE);
    spark.setLocalProperty(
        DESCRIPTION, earlierDescription == null ? name : earlierDescription + ": " + name);
    spark.setLocalProperty(STAGE, name);
  }

  /**
   * Names jobs.
   *
   * @param name what they do, in a few words
   */
  public static NamedJobs of(JavaSparkContext spark, String name) {
    return new NamedJobs(spark.sc(), name);
  }

  /** Names jobs, see the other method. */
  public static NamedJobs of(SparkContext spark, String name) {
    return new NamedJobs(spark, name);
  }

  /** Names all jobs of this thread, and of those that it starts, that nothing names better. */
  public static void of(JavaSparkContext spark) {
    spark.setLocalProperty(DESCRIPTION, spark.appName());
    spark.setLocalProperty(STAGE, spark.appName());
  }

  @Override
  public void close() {
    spark.setLocalProperty(DESCRIPTION, earlierDescription);
    spark.setLocalProperty(STAGE, earlierStage);
  }
}
