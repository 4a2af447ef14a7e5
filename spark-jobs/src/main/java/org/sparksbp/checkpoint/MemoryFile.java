package org.sparksbp.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.learner.WorkerMemory;

/**
 * The memory of one worker as a file: the number of entries, then for each, by name, the name, its
 * length and its floats; big-endian, as {@link DataOutputStream} writes them.
 */
public final class MemoryFile {

  private MemoryFile() {}

  /** Name of a worker's file. */
  public static Path of(Path folder, int worker) {
    return new Path(folder, String.format(Locale.ROOT, "memory-%05d", worker));
  }

  /**
   * Writes a file aside and renames it.
   *
   * @param attempt tells apart two attempts at the same file; both write the same bytes
   */
  public static void write(Configuration hadoop, Path file, long attempt, WorkerMemory memory)
      throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    Path aside = new Path(file.getParent(), "." + file.getName() + "." + attempt);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(files.create(aside, true)))) {
      out.writeInt(memory.entries().size());
      for (Map.Entry<String, float[]> entry : new TreeMap<>(memory.entries()).entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        for (float value : entry.getValue()) {
          out.writeFloat(value);
        }
      }
    }
    if (files.exists(file) || !files.rename(aside, file)) {
      files.delete(aside, false);
    }
    if (!files.exists(file)) {
      throw new IOException("Cannot rename " + aside + " to " + file);
    }
  }

  /** Reads a worker's memory back. */
  public static WorkerMemory read(Configuration hadoop, Path file) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(files.open(file)))) {
      Map<String, float[]> entries = new HashMap<>();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        String name = in.readUTF();
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
          values[i] = in.readFloat();
        }
        entries.put(name, values);
      }
      return new WorkerMemory(Map.copyOf(entries));
    } catch (EOFException e) {
      throw new IOException("Invalid memory file " + file + ": it ends early", e);
    }
  }
}
