package org.sparksbp.dvsgesture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.rawfile.RawFile;

/** Reads the two kinds of label files; lines that cannot be used become faults. */
final class LabelTable {

  private LabelTable() {}

  @FunctionalInterface
  private interface RowVisitor {
    void row(int line, String[] cells) throws IOException;
  }

  /** Reads {@code class,startTime_usec,endTime_usec}; clips may overlap and classes repeat. */
  static List<LabelledClip> readClips(
      Configuration hadoop, String file, String recording, FaultVisitor faults) throws IOException {
    List<LabelledClip> clips = new ArrayList<>();
    forEachRow(
        hadoop,
        file,
        (line, cells) -> {
          try {
            int label = label(cells[0]);
            long start = Long.parseLong(cells[1].strip());
            long end = Long.parseLong(cells[2].strip());
            if (end <= start) {
              faults.fault("line " + line, "clip ends at " + end + " us, not behind " + start);
            } else {
              String id = "dvsgesture/%s/%02d".formatted(recording, clips.size());
              clips.add(new LabelledClip(id, label, start, end));
            }
          } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            faults.fault("line " + line, "not class,start,end: '" + String.join(",", cells) + "'");
          } catch (LabelException e) {
            faults.fault("line " + line, e.getMessage());
          }
        });
    return clips;
  }

  /** Reads {@code file,class,...}: class from 0 by file name. */
  static Map<String, Integer> readFileClasses(
      Configuration hadoop, String file, FaultVisitor faults) throws IOException {
    Map<String, Integer> classes = new TreeMap<>();
    forEachRow(
        hadoop,
        file,
        (line, cells) -> {
          try {
            classes.put(cells[0].strip(), label(cells[1]));
          } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            faults.fault("line " + line, "not file,class: '" + String.join(",", cells) + "'");
          } catch (LabelException e) {
            faults.fault("line " + line, e.getMessage());
          }
        });
    return classes;
  }

  /** The class from 0 of one written from 1. */
  private static int label(String cell) throws LabelException {
    int label = Integer.parseInt(cell.strip());
    if (label < 1 || label > Gestures.NAMES.size()) {
      throw new LabelException("class " + label + ", must be from 1 to " + Gestures.NAMES.size());
    }
    return label - 1;
  }

  private static void forEachRow(Configuration hadoop, String file, RowVisitor visitor)
      throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                RawFile.open(hadoop, new Path(file)), StandardCharsets.ISO_8859_1))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        boolean isHeader = number == 1 && line.toLowerCase(Locale.ROOT).contains("class");
        if (!isHeader && !line.isBlank()) {
          visitor.row(number, line.split(",", -1));
        }
      }
    }
  }

  private static final class LabelException extends Exception {
    private static final long serialVersionUID = 1L;

    LabelException(String reason) {
      super(reason);
    }
  }
}
