package org.sparksbp.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.npy.FloatArrayFile;

/** Reads checkpoints, with a marker that is right, for tests of other packages. */
public final class CheckpointInput {

  private CheckpointInput() {}

  /** Reads a checkpoint of nine parameters whose description is given. */
  public static void read(Configuration hadoop, java.nio.file.Path folder, byte[] description)
      throws IOException {
    java.nio.file.Path one = Files.createDirectories(folder.resolve("epoch-00001"));
    Files.write(one.resolve("checkpoint.json"), description);
    if (!Files.exists(one.resolve("parameters.npy"))) {
      try (var out = Files.newOutputStream(one.resolve("parameters.npy"))) {
        FloatArrayFile.write(out, java.util.List.of(9), new float[9], 0);
      }
    }
    Files.deleteIfExists(one.resolve("whole.json"));
    WholeMarker.write(hadoop, new Path(one.toString()));
    new Checkpoints(hadoop, new Path(folder.toString())).newest();
  }

  /** Reads the marker of a folder, {@code whole.json}. */
  public static void marker(Configuration hadoop, Path folder) throws IOException {
    WholeMarker.hasAll(hadoop, folder);
    WholeMarker.fault(hadoop, folder);
  }
}
