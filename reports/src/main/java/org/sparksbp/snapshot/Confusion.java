package org.sparksbp.snapshot;

import java.util.List;

/**
 * What a network answered to the samples of each class.
 *
 * @param epoch from 1
 * @param classes their names
 * @param counts samples {@code [true class, answered class]}
 * @param unanswered samples of each class whose outputs stand for none
 */
public record Confusion(int epoch, List<String> classes, long[][] counts, long[] unanswered) {

  public Confusion {
    classes = List.copyOf(classes);
  }
}
