package org.sparksbp.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sparksbp.measure.Measure;

/** The sums of a measure as bytes, to cross between processes or to lie in a checkpoint. */
public final class MeasureBytes {

  private MeasureBytes() {}

  public static byte[] of(Measure measure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      measure.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Takes sums into a measure of the same kind.
   *
   * @throws UncheckedIOException if they are those of another kind
   */
  public static void mergeInto(Measure total, byte[] sums) {
    try {
      total.merge(new DataInputStream(new ByteArrayInputStream(sums)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
