package org.sparksbp.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.RawFileSystem;

/**
 * The memory of one worker as a file: the number of entries, then for each, by name, the name, its
 * length and its floats; big-endian, as {@link DataOutputStream} writes them.
 */
public final class MemoryFile {

  private static final int FIRST_VALUES = 1 << 12;

  private MemoryFile() {}

  /** Name of a worker's file. */
  public static Path of(Path folder, int worker) {
    return new Path(folder, String.format(Locale.ROOT, "memory-%05d", worker));
  }

  /**
   * Writes a file; one that is there already stays, as other attempts at it write the same bytes
   * and it may be open to readers.
   */
  public static void write(Configuration hadoop, Path file, WorkerMemory memory)
      throws IOException {
    try (AtomicFile atomic = new AtomicFile(hadoop, file)) {
      try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(atomic.create()))) {
        out.writeInt(memory.entries().size());
        for (Map.Entry<String, float[]> entry : new TreeMap<>(memory.entries()).entrySet()) {
          out.writeUTF(entry.getKey());
          out.writeInt(entry.getValue().length);
          for (float value : entry.getValue()) {
            out.writeFloat(value);
          }
        }
      }
      atomic.commitUnlessThere();
    }
  }

  /**
   * Reads a worker's memory back.
   *
   * @throws InvalidModelException if the file is damaged
   */
  public static WorkerMemory read(Configuration hadoop, Path file) throws IOException {
    FileSystem files = RawFileSystem.of(hadoop, file);
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(files.open(file)))) {
      Map<String, float[]> entries = new HashMap<>();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        String name = in.readUTF();
        entries.put(name, floats(in));
      }
      return new WorkerMemory(Map.copyOf(entries));
    } catch (EOFException e) {
      throw new InvalidModelException("Invalid memory file " + file + ": it ends early", e);
    } catch (UTFDataFormatException | NegativeArraySizeException e) {
      throw new InvalidModelException(
          "Invalid memory file " + file + ": it is damaged (" + e.getMessage() + ")", e);
    }
  }

  /** Takes memory for what is there, not for what the length says. */
  private static float[] floats(DataInputStream in) throws IOException {
    int length = in.readInt();
    float[] values = new float[Math.min(length, FIRST_VALUES)];
    for (int i = 0; i < length; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
      }
      values[i] = in.readFloat();
    }
    return values;
  }
}
