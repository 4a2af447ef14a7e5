package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder;

  @Test
  void aRunThatGoesOnTakesNothingThatAKilledProcessLeftHalfDone() throws IOException {
    assertThat(run().claim(StartMode.NEW)).isEqualTo(RunFolder.Found.NOTHING);
    Files.createDirectories(folder.resolve("checkpoints/epoch-00001"));
    Files.createDirectories(folder.resolve(".memories/0"));
    Files.createFile(folder.resolve(".memories/0/memory-00000"));
    Files.createDirectory(folder.resolve(".killed.writing"));
    assertThat(run().claim(StartMode.RESUME)).isEqualTo(RunFolder.Found.UNFINISHED);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("run.json", "checkpoints");
    assertThat(folder.resolve("checkpoints")).isNotEmptyDirectory();
  }

  private RunFolder run() throws IOException {
    return new RunFolder(
        new Configuration(),
        new org.apache.hadoop.fs.Path(folder.toUri()),
        new RunIdentity(new TreeMap<>(), "data", "version"),
        Optional.empty());
  }
}
