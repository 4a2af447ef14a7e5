package org.sparksbp.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device's program is built from; equal sources are one program.
 *
 * @param resources files of OpenCL C 1.2 as absolute resource names, in their order
 * @param constants macros by name, known when the program is built: sizes, numbers of steps
 */
public record DeviceSource(List<String> resources, SortedMap<String, String> constants) {

  public DeviceSource {
    resources = List.copyOf(resources);
    constants = new TreeMap<>(constants);
  }

  /** All files, one behind the other. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String resource : resources) {
      try (InputStream file = DeviceSource.class.getResourceAsStream(resource)) {
        if (file == null) {
          throw new IllegalStateException("no resource " + resource);
        }
        text.append(new String(file.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  /** The compiler's options. */
  String options() {
    StringBuilder options = new StringBuilder("-cl-std=CL1.2");
    constants.forEach(
        (name, value) -> options.append(" -D").append(name).append('=').append(value));
    return options.toString();
  }
}
