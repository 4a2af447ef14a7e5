package org.sparksbp.sweep.execution;

import java.util.List;
import org.sparksbp.sweep.results.TrialJson;

/**
 * What goes to a Spark task, or comes from it.
 *
 * @param texts JSON of requests or summaries, one a trial
 */
record TrialTexts(List<String> texts) {

  String toJson() {
    return TrialJson.write(this);
  }

  static List<String> of(String json) {
    return TrialJson.read(json, TrialTexts.class).texts();
  }
}
