package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import org.sparksbp.learner.CheckedSettings;

/**
 * When trials stop before their last epoch.
 *
 * @param method which of the other settings count
 * @param patience epochs without a better error
 * @param minDelta by how much an error must be lower than the best before it to be better
 * @param rungs epochs after which a bracket is thinned, ascending
 * @param eta one of this many points goes on
 * @param bracket points that compete; 0 for all
 * @param brackets of asynchronous halving, each with one rung less than the one before it
 */
record StoppingSettings(
    Method method,
    int patience,
    double minDelta,
    List<Integer> rungs,
    int eta,
    int bracket,
    int brackets) {

  /** Ways to stop early. */
  enum Method {
    NONE("none"),
    PLATEAU("plateau"),
    SUCCESSIVE_HALVING("successive-halving"),
    ASYNCHRONOUS_HALVING("asynchronous-halving");

    private final String key;

    Method(String key) {
      this.key = key;
    }
  }

  static StoppingSettings of(Config sweep) {
    Config stopping = sweep.getConfig("stopping");
    StoppingSettings settings =
        new StoppingSettings(
            method(stopping),
            stopping.getInt("patience"),
            stopping.getDouble("min-delta"),
            List.copyOf(stopping.getIntList("rungs")),
            stopping.getInt("eta"),
            stopping.getInt("bracket"),
            stopping.getInt("brackets"));
    settings.check(stopping);
    return settings;
  }

  private static Method method(Config stopping) {
    String value = stopping.getString("method");
    for (Method method : Method.values()) {
      if (method.key.equals(value)) {
        return method;
      }
    }
    List<String> known = Arrays.stream(Method.values()).map(method -> method.key).toList();
    throw bad(stopping, "method", CheckedSettings.mustBeOneOf(value, known));
  }

  private void check(Config stopping) {
    if (method == Method.PLATEAU && patience < 1) {
      throw bad(stopping, "patience", patience + " is less than 1");
    }
    if (!hasRungs()) {
      return;
    }
    if (eta < 2) {
      throw bad(stopping, "eta", eta + " is less than 2");
    }
    if (bracket < 0) {
      throw bad(stopping, "bracket", bracket + " is less than 0");
    }
    if (bracket != 0 && method == Method.ASYNCHRONOUS_HALVING) {
      throw bad(stopping, "bracket", "asynchronous halving compares all points; leave it at 0");
    }
    if (brackets < 1 || brackets > rungs.size() + 1) {
      throw bad(
          stopping, "brackets", brackets + " is not from 1 to the number of rungs and one more");
    }
    if (brackets > 1 && method == Method.SUCCESSIVE_HALVING) {
      throw bad(stopping, "brackets", "only asynchronous-halving has several; leave it at 1");
    }
    boolean ascending = true;
    for (int i = 1; i < rungs.size(); i++) {
      ascending &= rungs.get(i - 1) < rungs.get(i);
    }
    if (rungs.isEmpty() || rungs.get(0) < 1 || !ascending) {
      throw bad(stopping, "rungs", rungs + " are not ascending epochs from 1 on, like [3, 9]");
    }
  }

  /** Whether points are stopped at rungs. */
  boolean hasRungs() {
    return method == Method.SUCCESSIVE_HALVING || method == Method.ASYNCHRONOUS_HALVING;
  }

  private static ConfigException bad(Config stopping, String key, String reason) {
    return new ConfigException.BadValue(
        stopping.getValue(key).origin(), "sweep.stopping." + key, reason);
  }
}
