package org.sparksbp.tensorboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Reads event files with TensorFlow's own classes, checksums checked. */
public final class EventReader {

  private EventReader() {}

  /** The only event file of a folder. */
  public static Path only(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(file -> file.toString().contains("tfevents")).toList();
      if (files.size() != 1) {
        throw new AssertionError("not one event file in " + folder + " but " + files);
      }
      return files.get(0);
    }
  }

  /** All events, in order. */
  public static List<Event> read(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  private static List<Event> read(byte[] bytes) throws IOException {
    TFRecordReader records = new TFRecordReader(new ByteArrayInputStream(bytes), true);
    List<Event> events = new ArrayList<>();
    for (byte[] record = records.read(); record != null; record = records.read()) {
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  /** Values of a scalar by step, in the order of the file. */
  public static SortedMap<Long, Float> scalars(List<Event> events, String tag) {
    SortedMap<Long, Float> values = new TreeMap<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)
            && values.put(event.getStep(), value.getSimpleValue()) != null) {
          throw new AssertionError(tag + " has step " + event.getStep() + " twice");
        }
      }
    }
    return values;
  }

  /** The value that a tag has once. */
  public static Summary.Value value(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no value of " + tag));
  }
}
