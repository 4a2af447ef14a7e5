package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.checksum.Checksum;

/**
 * Everything a run's bits are determined by.
 *
 * @param configuration all settings by key, but those that change no bit: of checkpoints, of
 *     sweeps, {@code averaging.transport}, {@code averaging.levels} and {@code
 *     compute.device-address}; with the name of the GPU that computes, where one does
 * @param dataFingerprint identity of the prepared data
 * @param softwareVersion version of this software
 */
public record RunIdentity(
    SortedMap<String, String> configuration, String dataFingerprint, String softwareVersion) {

  private static final List<String> UNIMPORTANT =
      List.of(
          "checkpoint",
          "sweep",
          "averaging.transport",
          "averaging.levels",
          "compute.device-address");

  /** The identity of a run from the whole resolved configuration. */
  public static RunIdentity of(
      Config configuration, String dataFingerprint, String softwareVersion) {
    SortedMap<String, String> settings = new TreeMap<>();
    important(configuration)
        .entrySet()
        .forEach(
            entry ->
                settings.put(
                    entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
    return new RunIdentity(settings, dataFingerprint, softwareVersion);
  }

  /** The identity that a run or a sweep has noted in its folder. */
  public static RunIdentity of(JsonNode noted) {
    SortedMap<String, String> settings = new TreeMap<>();
    noted
        .path("configuration")
        .fields()
        .forEachRemaining(key -> settings.put(key.getKey(), key.getValue().asText()));
    return new RunIdentity(
        settings, noted.path("data").asText(), noted.path("softwareVersion").asText());
  }

  /** The settings that a run's bits depend on. */
  static Config important(Config configuration) {
    Config important = configuration;
    for (String key : UNIMPORTANT) {
      important = important.withoutPath(key);
    }
    return important;
  }

  /** A value of the configuration as people read it: a text without the quotes around it. */
  public static String unquoted(String value) {
    return value.replaceFirst("^\"(.*)\"$", "$1");
  }

  /** SHA-256 of all of it, hexadecimal. */
  public String hash() {
    Checksum checksum = Checksum.sha256();
    configuration.forEach((key, value) -> checksum.add(key + '=' + value).add((byte) 0));
    checksum.add(dataFingerprint).add((byte) 0);
    return checksum.add(softwareVersion).add((byte) 0).hex();
  }

  /** What differs from an earlier run, in words. */
  public List<String> differences(RunIdentity earlier) {
    List<String> differences = new ArrayList<>();
    SortedMap<String, String> keys = new TreeMap<>(configuration);
    keys.putAll(earlier.configuration);
    for (Map.Entry<String, String> key : keys.entrySet()) {
      String there = earlier.configuration.getOrDefault(key.getKey(), "nothing");
      String here = configuration.getOrDefault(key.getKey(), "nothing");
      addIfDifferent(differences, key.getKey(), there, here);
    }
    addIfDifferent(differences, "data", earlier.dataFingerprint, dataFingerprint);
    addIfDifferent(differences, "software version", earlier.softwareVersion, softwareVersion);
    return differences;
  }

  private static void addIfDifferent(
      List<String> differences, String what, String there, String here) {
    if (!there.equals(here)) {
      differences.add(what + " is " + there + " there, " + here + " here");
    }
  }
}
