package org.sparksbp.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import org.sparksbp.measure.Measure;

/**
 * Measures on their way from a worker to the driver. In their Java form, so that a task's own
 * measure class needs no registration; nothing of it is kept on disk.
 */
public final class MeasureBytes {

  private MeasureBytes() {}

  public static byte[] of(Measure measure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(measure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads a measure of the same class as {@code like}. */
  public static Measure read(byte[] bytes, Measure like) {
    ClassLoader loader = like.getClass().getClassLoader();
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          protected Class<?> resolveClass(java.io.ObjectStreamClass description)
              throws IOException, ClassNotFoundException {
            try {
              return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
              return super.resolveClass(description);
            }
          }
        }) {
      return (Measure) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Cannot read a measure: " + e.getMessage(), e);
    }
  }
}
