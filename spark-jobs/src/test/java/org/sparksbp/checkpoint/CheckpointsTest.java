package org.sparksbp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.modelfolder.InvalidModelException;

class CheckpointsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final float[] ONE = {1f};

  private final Configuration hadoop = new Configuration();

  @TempDir Path folder;

  @Test
  void theDescriptionHasItsKeysInTheirOrder() throws IOException {
    checkpoints().write(checkpoint(3, 0, 0.25f, null), null);
    assertThat(folder.resolve("epoch-00003/checkpoint.json"))
        .hasContent(
            "{\"run\":\"ab12\",\"epochs\":3,\"rounds\":0,\"parameters\":2,\"memories\":false,"
                + "\"partialEpoch\":null,\"reports\":[{\"epoch\":1,\"loss\":0.5}]}");
  }

  @Test
  void aCheckpointInsideAnEpochComesBackWhole() throws IOException {
    JsonNode partial = JSON.readTree("{\"samples\":12}");
    checkpoints()
        .write(
            checkpoint(3, 12, 0.25f, partial),
            target -> write(MemoryFile.of(target, 0), new WorkerMemory(Map.of("trace", ONE))));
    Checkpoint read = checkpoints().newest().orElseThrow();
    assertThat(read.memories().getName()).isEqualTo("epoch-00003-round-00012");
    assertThat(MemoryFile.read(hadoop, MemoryFile.of(read.memories(), 0)).entries().get("trace"))
        .containsExactly(ONE);
    assertThat(read.parameters()).containsExactly(0.25f, -1f);
    assertThat(read.partialEpoch()).isEqualTo(partial);
    assertThat(read.reports()).containsExactly(JSON.readTree("{\"epoch\":1,\"loss\":0.5}"));
    assertThat(List.of(read.run(), read.epochs(), read.rounds())).isEqualTo(List.of("ab12", 3, 12));
  }

  @Test
  void betweenEpochsNothingIsPartial() throws IOException {
    checkpoints().write(checkpoint(3, 0, 0.25f, null), null);
    Checkpoint read = checkpoints().newest().orElseThrow();
    assertThat(read.partialEpoch()).isNull();
    assertThat(read.memories()).isNull();
  }

  @Test
  void aCheckpointOfTheSameRoundIsReplaced() throws IOException {
    checkpoints().write(checkpoint(3, 0, 0.25f, null), null);
    checkpoints().write(checkpoint(3, 0, 0.75f, null), null);
    assertThat(checkpoints().newest().orElseThrow().parameters()).startsWith(0.75f);
    assertThat(names()).containsExactly("epoch-00003");
  }

  @Test
  void theNewestIsFoundThoughItsReplacementWasKilledHalfWay() throws IOException {
    checkpoints().write(checkpoint(2, 0, 0.25f, null), null);
    checkpoints().write(checkpoint(3, 0, 0.75f, null), null);
    Files.move(folder.resolve("epoch-00003"), folder.resolve(".epoch-00003.replaced"));
    assertThat(checkpoints().newest().orElseThrow().epochs()).isEqualTo(3);
  }

  @Test
  void onlyTheNewestAreKeptAndNothingOfAWriteThatFailed() throws IOException {
    for (int epoch = 1; epoch <= 3; epoch++) {
      checkpoints().write(checkpoint(epoch, 0, epoch, null), null);
    }
    Files.createDirectory(folder.resolve(".killed.writing"));
    assertThatThrownBy(
            () ->
                checkpoints()
                    .write(
                        checkpoint(4, 0, 4, null),
                        target -> {
                          throw new UncheckedIOException(new IOException("worker lost"));
                        }))
        .hasMessageContaining("worker lost");
    checkpoints().keep(2);
    assertThat(names()).containsExactly("epoch-00002", "epoch-00003");
  }

  @Test
  void numbersMayBeOfAnyLengthAndCountAsNumbers() throws IOException {
    checkpoints().write(checkpoint(3, 99_999, 1, null), null);
    checkpoints().write(checkpoint(3, 100_000, 2, null), null);
    checkpoints().write(checkpoint(3, 20_000, 3, null), null);
    assertThat(checkpoints().newest().orElseThrow().rounds()).isEqualTo(100_000);
    checkpoints().write(checkpoint(100_000, 0, 4, null), null);
    assertThat(checkpoints().newest().orElseThrow().epochs()).isEqualTo(100_000);
    checkpoints().keep(2);
    assertThat(names()).containsExactly("epoch-00003-round-100000", "epoch-100000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters.npy", "checkpoint.json", "whole.json"})
  void aCheckpointThatLacksAFileIsLeftOutForTheOneBefore(String file) throws IOException {
    checkpoints().write(checkpoint(2, 0, 0.25f, null), null);
    checkpoints().write(checkpoint(3, 0, 0.75f, null), null);
    Files.delete(folder.resolve("epoch-00003").resolve(file));

    assertThat(checkpoints().newest().orElseThrow().epochs()).isEqualTo(2);
    checkpoints().keep(1);
    assertThat(names()).as("the whole one stays").containsExactly("epoch-00002");
  }

  @Test
  void aCheckpointWithAnotherByteIsLeftOut() throws IOException {
    checkpoints().write(checkpoint(2, 0, 0.25f, null), null);
    checkpoints().write(checkpoint(3, 0, 0.75f, null), null);
    Path array = folder.resolve("epoch-00003/parameters.npy");
    byte[] bytes = Files.readAllBytes(array);
    bytes[bytes.length - 1] ^= 1;
    Files.write(array, bytes);

    assertThat(checkpoints().newest().orElseThrow().epochs()).isEqualTo(2);
  }

  @Test
  void whereNoneIsWholeThatIsSaidAndNothingBegunAnew() throws IOException {
    checkpoints().write(checkpoint(3, 0, 0.75f, null), null);
    Files.delete(folder.resolve("epoch-00003/parameters.npy"));

    assertThatThrownBy(() -> checkpoints().newest())
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("epoch-00003: parameters.npy is missing")
        .hasMessageContaining("Delete the run's folder to begin anew");
  }

  private void write(org.apache.hadoop.fs.Path file, WorkerMemory memory) {
    try {
      MemoryFile.write(hadoop, file, memory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Checkpoints checkpoints() throws IOException {
    return new Checkpoints(hadoop, new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  private static Checkpoint checkpoint(int epochs, int rounds, float first, JsonNode partial)
      throws IOException {
    List<JsonNode> reports = List.of(JSON.readTree("{\"epoch\":1,\"loss\":0.5}"));
    return new Checkpoint("ab12", epochs, rounds, new float[] {first, -1}, reports, partial, null);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
