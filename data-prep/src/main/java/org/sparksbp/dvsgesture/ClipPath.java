package org.sparksbp.dvsgesture;

import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;

/**
 * What the path of a clip tells of it: Tonic names a clip by its class from 0, in a folder named by
 * subject and light; SpikingJelly by subject and light, in a folder named by the class from 0.
 *
 * @param id the path below the input, as clips of one name may lie in several folders
 * @param label class from 0
 * @param folder that it lies in
 */
record ClipPath(String id, int label, String folder) {

  /**
   * @param root folder that was given: its own name and those above it tell nothing
   * @throws InvalidInputException if no name is a class
   */
  static ClipPath of(String file, String root) throws InvalidInputException {
    Path path = new Path(file);
    String name = RawFolder.plainName(path);
    StringBuilder id = new StringBuilder(name.substring(0, name.lastIndexOf('.')));
    OptionalInt label = classOf(id.toString());
    for (Path part = path.getParent();
        part != null && !part.equals(new Path(root));
        part = part.getParent()) {
      id.insert(0, part.getName() + "/");
      if (label.isEmpty()) {
        label = classOf(part.getName());
      }
    }
    if (label.isEmpty()) {
      throw new InvalidInputException(
          "Invalid clip "
              + file
              + ": neither its name nor that of a folder below "
              + root
              + " is its class, 0 to 10 (0.npy to 10.npy in a folder named by subject and light, or"
              + " user01_led_0.npz in a folder 0 to 10)");
    }
    return new ClipPath("dvsgesture/" + id, label.getAsInt(), path.getParent().toString());
  }

  private static OptionalInt classOf(String name) {
    return name.matches("[0-9]{1,2}") && Integer.parseInt(name) < Gestures.NAMES.size()
        ? OptionalInt.of(Integer.parseInt(name))
        : OptionalInt.empty();
  }
}
