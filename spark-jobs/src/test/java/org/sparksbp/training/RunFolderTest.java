package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.InvalidInputException;

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

  @Test
  void whatTheFolderSaysOfItsRunIsNamedWhereItWasCut() throws IOException {
    run().claim(StartMode.NEW);
    byte[] whole = Files.readAllBytes(folder.resolve("run.json"));
    Files.write(folder.resolve("run.json"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> run().claim(StartMode.RESUME))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("Cannot read .*/run.json: line \\d+, Unexpected end-of-input.*")
        .hasMessageContaining("restore it, or delete the folder to train anew");
    Files.write(folder.resolve("run.json"), new byte[0]);
    assertThatThrownBy(() -> run().claim(StartMode.RESUME))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("run.json: line 1, No content");
  }

  @Test
  void aLineOfMetricsThatIsNoneIsNamed() throws IOException {
    run().claim(StartMode.NEW);
    Files.writeString(folder.resolve("metrics.jsonl"), "{\"epoch\": \n");
    assertThatThrownBy(() -> run().readMetrics())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("Cannot read .*/metrics.jsonl: line 1, Unexpected end-of-input.*");
    Files.writeString(folder.resolve("metrics.jsonl"), "{\"epoch\": 1}\n");
    assertThatThrownBy(() -> run().readMetrics())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("Cannot read .*/metrics.jsonl: line 1, Invalid epoch report: .*");
  }

  private RunFolder run() throws IOException {
    return new RunFolder(
        new Configuration(),
        new org.apache.hadoop.fs.Path(folder.toUri()),
        new RunIdentity(new TreeMap<>(), "data", "version"),
        Optional.empty());
  }
}
