package org.sparksbp.aedat;

import java.lang.reflect.Array;
import java.util.Locale;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.storage.InvalidInputException;

/** A column that was read from HDF5: an array of numbers, or of names of truth values. */
final class HdfColumn implements NumberColumn {

  private final Object values;
  private final TimeUnit said;
  private final String what;
  private int done;

  /**
   * @param path of it in the file
   * @param values array of some type
   * @param said unit of times that an attribute tells, or null
   * @throws InvalidInputException if these are neither numbers nor truth values
   */
  HdfColumn(String path, Object values, TimeUnit said, String file) throws InvalidInputException {
    this.values = values;
    this.said = said;
    this.what = path + " of " + file;
    Class<?> type = values.getClass().getComponentType();
    if (type == null
        || !(type.isPrimitive() || type == String.class || Number.class.isAssignableFrom(type))) {
      throw new InvalidInputException("Invalid " + what + ": it is no array of numbers");
    }
  }

  /** What its times are in: as was said, else by their type. */
  TimeUnit unit() {
    if (said != null) {
      return said;
    }
    boolean isReal = values instanceof double[] || values instanceof float[];
    return isReal ? TimeUnit.S : TimeUnit.US;
  }

  @Override
  public long length() {
    return Array.getLength(values);
  }

  @Override
  public int read(double[] numbers, int count) throws InvalidInputException {
    for (int i = 0; i < count; i++) {
      numbers[i] = number(done + i);
    }
    done += count;
    return count;
  }

  private double number(int at) throws InvalidInputException {
    if (values instanceof double[] reals) {
      return reals[at];
    }
    if (values instanceof boolean[] truths) {
      return truths[at] ? 1 : 0;
    }
    if (values instanceof String[] names) {
      return truth(names[at], at);
    }
    if (values instanceof Number[] numbers) {
      return numbers[at].doubleValue();
    }
    return Array.getDouble(values, at);
  }

  /** NumPy's truth values are an enumeration of names in HDF5. */
  private double truth(String name, int at) throws InvalidInputException {
    return switch (String.valueOf(name).toLowerCase(Locale.ROOT)) {
      case "true" -> 1;
      case "false" -> 0;
      default ->
          throw new InvalidInputException(
              "Invalid " + what + ": '" + name + "' at event " + at + " is no number");
    };
  }

  @Override
  public void finish() {
    // All of it was there before.
  }
}
