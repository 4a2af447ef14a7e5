package org.sparksbp.training;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads what a run has noted of itself, for tests of other packages. */
public final class RunInput {

  private RunInput() {}

  /** Reads {@code run.json} from a folder that has nothing else. */
  public static void read(Configuration hadoop, java.nio.file.Path folder, byte[] run)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("run.json"), run);
    var unused = RunFolder.recordedWorkers(hadoop, new Path(folder.toString()));
  }
}
