package org.sparksbp.modelfolder;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model comes from; holds neither times nor hosts.
 *
 * @param run identity of the training run, hexadecimal
 * @param task {@code mnist}, {@code nettalk}, {@code dvsgesture} or {@code nmnist}
 * @param dataFingerprint of the prepared data it was trained with
 * @param seed of the run
 * @param softwareVersion version of this software that trained it
 * @param epochs epochs trained
 * @param metrics measures after the last of them by name, for example {@code test.error}
 */
public record Provenance(
    String run,
    String task,
    String dataFingerprint,
    long seed,
    String softwareVersion,
    int epochs,
    SortedMap<String, Double> metrics) {

  public Provenance {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) metrics));
  }
}
