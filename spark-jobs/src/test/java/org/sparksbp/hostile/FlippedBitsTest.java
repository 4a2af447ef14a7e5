package org.sparksbp.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.shard.SampleIterator;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.sweep.results.TrialInput;
import org.sparksbp.task.Split;
import org.sparksbp.training.ShardFixture;

/**
 * One bit after the other of each kind of file that is written is turned over: that is noticed, or
 * what is read is the same. The build tries some bits, {@code -Dfuzz.bits=1} all.
 */
class FlippedBitsTest {

  private static final int STRIDE = Integer.getInteger("fuzz.bits", 0);

  @TempDir Path folder;

  private final Configuration hadoop = new Configuration();

  /** Reads what was written; the value is compared. */
  @FunctionalInterface
  private interface Reading {
    Object read() throws IOException;
  }

  @Test
  void inShardsAndTheirManifest() throws IOException {
    List<Sample> samples =
        List.of(
            new Sample(
                "a",
                SpikeTrain.ofCode(4, 12, new byte[] {1, 3, 0, 0, 0}),
                new float[] {1, 0, 0},
                0,
                "a"),
            new Sample(
                "b",
                SpikeTrain.ofCode(4, 12, new byte[] {0, 2, 1, 4, 0, 0}),
                new float[] {0, 0, 1},
                2,
                "g"));
    ShardEntry entry =
        ShardFixture.shard(hadoop, place(folder), "train-00000.parquet", Split.TRAIN, samples);
    ShardFixture.manifest(hadoop, place(folder), List.of(entry));
    Path shard = folder.resolve("train-00000.parquet");
    Reading reading = () -> samples(ShardSet.open(hadoop, place(folder)));

    tryAll(shard, 61, reading);
    tryAll(folder.resolve("manifest.json"), 7, reading);
  }

  @Test
  void inModels() throws IOException {
    ParameterLayout layout =
        new ParameterLayout.Builder().add("weights-0", ParameterLayout.Role.WEIGHT, 2, 3).build();
    SavedModel model =
        new SavedModel(
            "snn",
            new NetworkShape(2, 3, 4),
            com.typesafe.config.ConfigFactory.parseString("{ seed = 5, snn { beta = 0.001 } }"),
            layout,
            new float[] {1, 2, 3, 4, 5, 6},
            new Provenance("run", "mnist", "data", 1, "0.1.0", 2, new TreeMap<>()));
    Path place = folder.resolve("model");
    ModelFiles.write(hadoop, place(place), model);
    Reading reading =
        () -> {
          SavedModel read = ModelFiles.read(hadoop, place(place));
          return List.of(
              read.type(),
              read.shape(),
              read.configuration(),
              read.layout(),
              read.provenance(),
              java.util.Arrays.hashCode(read.parameters()));
        };

    tryAll(place.resolve("model.json"), 5, reading);
    tryAll(place.resolve("weights-0.npy"), 3, reading);
  }

  @Test
  void inCheckpoints() throws IOException {
    Checkpoint written = new Checkpoint("run", 3, 0, new float[] {1, 2, 3}, List.of(), null, null);
    new Checkpoints(hadoop, place(folder)).write(written, null);
    Path place = folder.resolve("epoch-00003");
    Reading reading =
        () -> {
          Checkpoint read = new Checkpoints(hadoop, place(folder)).newest().orElseThrow();
          return List.of(
              read.run(),
              read.epochs(),
              read.rounds(),
              read.reports(),
              java.util.Arrays.hashCode(read.parameters()));
        };

    for (String name : List.of("checkpoint.json", "parameters.npy", "whole.json")) {
      tryAll(place.resolve(name), 5, reading);
    }
  }

  @Test
  void inRecordsOfTrials() throws IOException {
    Path record = folder.resolve("record.json");
    Files.writeString(
        record,
        TrialInput.sealed(
            new String(FuzzTarget.TRIAL_RECORD.seeds().get(0), StandardCharsets.UTF_8)));

    tryAll(
        record,
        17,
        () -> TrialInput.record(new String(Files.readAllBytes(record), StandardCharsets.UTF_8)));
  }

  private static void tryAll(Path file, int usualStride, Reading reading) throws IOException {
    Object right = reading.read();
    byte[] content = Files.readAllBytes(file);
    int stride = STRIDE == 0 ? usualStride : STRIDE;
    List<String> faults = new ArrayList<>();
    int harmless = 0;
    int tried = 0;
    for (int bit = 0; bit < 8 * content.length; bit += stride) {
      Files.write(file, Mutations.flipped(content, bit));
      tried++;
      try {
        if (reading.read().equals(right)) {
          harmless++;
        } else {
          faults.add("bit " + bit + " changes what is read");
        }
      } catch (Exception | Error e) {
        if (!isDocumented(e)) {
          faults.add("bit " + bit + ": " + e);
        }
      }
    }
    Files.write(file, content);
    System.out.printf("%s: %d bits, %d harmless%n", file.getFileName(), tried, harmless);
    assertThat(faults).as("bits of %s that count and are not told", file.getFileName()).isEmpty();
  }

  private static boolean isDocumented(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof InvalidInputException
          || each instanceof InvalidModelException
          || each instanceof InvalidConfigurationException) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> samples(ShardSet set) throws IOException {
    List<Object> all = new ArrayList<>();
    all.add(set.manifest().fingerprint());
    for (Split split : Split.values()) {
      try (SampleIterator samples = set.readLocally(split, 0, Long.MAX_VALUE)) {
        while (samples.hasNext()) {
          Sample sample = samples.next();
          all.add(
              List.of(
                  sample.id(),
                  sample.spikes(),
                  sample.label(),
                  sample.group(),
                  java.util.Arrays.hashCode(sample.target())));
        }
      }
    }
    return all;
  }

  private static org.apache.hadoop.fs.Path place(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }
}
