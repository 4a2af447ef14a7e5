package org.sparksbp.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;

/**
 * What some samples that were learned or inferred add up to, on its way from a worker or into a
 * checkpoint.
 *
 * @param measure sums of the task's measure as its own bytes; empty without samples
 * @param work what it took
 */
public record Tally(byte[] measure, Work work) {

  /** The sums of a measure as they are now, and the work. */
  public static Tally of(Measure measure, Work work) {
    return new Tally(measure.samples() == 0 ? new byte[0] : bytes(measure), work);
  }

  /**
   * Adds the samples to a measure of the same kind.
   *
   * @throws UncheckedIOException if the sums are those of another kind
   */
  public void addTo(Measure total) {
    if (measure.length == 0) {
      return;
    }
    try {
      total.merge(new DataInputStream(new ByteArrayInputStream(measure)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Measure measure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      measure.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
