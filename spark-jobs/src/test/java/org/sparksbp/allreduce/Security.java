package org.sparksbp.allreduce;

import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import scala.Option;

/** What Spark can do for its connections. */
enum Security {
  NONE(Map.of()),
  AUTHENTICATED(Map.of("spark.authenticate", "true")),
  ENCRYPTED_BY_SASL(
      Map.of("spark.authenticate", "true", "spark.authenticate.enableSaslEncryption", "true")),
  ENCRYPTED_BY_AES_CTR(
      Map.of(
          "spark.authenticate", "true",
          "spark.network.crypto.enabled", "true",
          "spark.network.crypto.saslFallback", "false")),
  ENCRYPTED_BY_AES_GCM(
      Map.of(
          "spark.authenticate", "true",
          "spark.network.crypto.enabled", "true",
          "spark.network.crypto.saslFallback", "false",
          "spark.network.crypto.authEngineVersion", "2",
          "spark.network.crypto.cipher", "AES/GCM/NoPadding"));

  static final String LOOPBACK = "127.0.0.1";

  private final Map<String, String> settings;

  Security(Map<String, String> settings) {
    this.settings = settings;
  }

  /** As an executor's. */
  SparkConf settings() {
    SparkConf spark = new SparkConf(false).set("spark.app.id", "app-1");
    spark.set("spark.authenticate.secret", "0123456789abcdef");
    settings.forEach(spark::set);
    return spark;
  }

  PeerEndpoint endpoint() {
    return endpoint(settings());
  }

  static PeerEndpoint endpoint(SparkConf spark) {
    SecurityManager security =
        new SecurityManager(spark, Option.empty(), SecurityManager.$lessinit$greater$default$3());
    return new PeerEndpoint(spark, security, LOOPBACK);
  }
}
