package org.sparksbp.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.DoubleSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;

/** What a job tells Spark's metrics system. */
final class JobMetrics implements Source {

  private final MetricRegistry registry = new MetricRegistry();
  private final String name;

  /** Numbers whose names begin with {@code sbp} and this one. */
  JobMetrics(String kind) {
    this.name = "sbp." + kind;
  }

  /** A number that only grows. */
  Counter counter(String name) {
    return registry.counter(name);
  }

  /** A number that is asked for when it is needed, from any thread; NaN while unknown. */
  void gauge(String name, DoubleSupplier value) {
    Gauge<Double> gauge = value::getAsDouble;
    registry.register(name, gauge);
  }

  /** Has the sinks tell of them from now on. */
  void registerWith(JavaSparkContext spark) {
    spark.env().metricsSystem().registerSource(this);
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
