package org.sparksbp.prepare;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.serialization.DataPrepKryoRegistrator;

/** Spark in this process, with Kryo as strict as in production. */
public final class LocalSpark {

  private LocalSpark() {}

  public static JavaSparkContext start(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("data-prep tests")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", DataPrepKryoRegistrator.class.getName()));
  }
}
