package org.sparksbp.hostile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.NpyLayout;
import org.sparksbp.allreduce.MessageInput;
import org.sparksbp.checkpoint.CheckpointInput;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.dvsgesture.LabelInput;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.mnist.IdxInput;
import org.sparksbp.mnist.TableInput;
import org.sparksbp.modelfolder.ModelFolder;
import org.sparksbp.nettalk.DictionaryInput;
import org.sparksbp.npy.FloatArrayFile;
import org.sparksbp.shard.ManifestJson;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.storage.LeaseInput;
import org.sparksbp.sweep.results.TrialInput;
import org.sparksbp.sweep.results.TrialJson;
import org.sparksbp.table.SweepDescription;
import org.sparksbp.training.RunInput;

/** Everything that reads what others have written, with inputs that it takes. */
enum FuzzTarget {
  IDX_IMAGES {
    @Override
    List<byte[]> seeds() {
      byte[] plain = idx(0x803, new byte[2 * 784], 2, 28, 28);
      return List.of(plain, gzipped(plain));
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      IdxInput.read(scratch.hadoop(), scratch.file(input), true);
    }
  },
  IDX_LABELS {
    @Override
    List<byte[]> seeds() {
      return List.of(idx(0x801, new byte[] {1, 2, 9}, 3));
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      IdxInput.read(scratch.hadoop(), scratch.file(input), false);
    }
  },
  DICTIONARY {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      DictionaryInput.dictionary(scratch.hadoop(), scratch.file(input));
    }
  },
  WORD_LIST {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      DictionaryInput.words(scratch.hadoop(), scratch.file(input));
    }
  },
  AEDAT {
    @Override
    List<byte[]> seeds() {
      return List.of(RawEvents.aedat());
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      events(EventFormat.AEDAT, input);
    }
  },
  BS2 {
    @Override
    List<byte[]> seeds() {
      return List.of(new byte[] {1, 2, 0, 0, 9, 127, 127, (byte) 0x80, 1, 2, 4, 4, 1, 1, 1});
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      events(EventFormat.BS2, input);
    }
  },
  NPY_EVENTS {
    @Override
    List<byte[]> seeds() {
      return RawEvents.npy();
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      events(EventFormat.NPY, input);
    }
  },
  NPZ_EVENTS {
    @Override
    List<byte[]> seeds() {
      return List.of(RawEvents.npz());
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      events(EventFormat.NPZ, input);
    }
  },
  HDF5_EVENTS {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      events(EventFormat.HDF5, input);
    }
  },
  IMAGE_TABLE {
    @Override
    List<byte[]> seeds() {
      byte[] plain = TableInput.text(",", true).getBytes(StandardCharsets.UTF_8);
      byte[] other = TableInput.text(";", false).getBytes(StandardCharsets.UTF_8);
      return List.of(plain, other, gzipped(plain));
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      TableInput.read(scratch.hadoop(), scratch.file(input));
    }
  },
  LABEL_CLIPS {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      LabelInput.clips(scratch.hadoop(), scratch.file(input));
    }
  },
  LABEL_FILES {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      LabelInput.files(scratch.hadoop(), scratch.file(input));
    }
  },
  MANIFEST {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      scratch.file("manifest.json", input);
      ManifestJson.find(scratch.hadoop(), scratch.folder())
          .ifPresent(manifest -> manifest.fingerprint());
    }
  },
  SPIKE_TRAIN {
    @Override
    List<byte[]> seeds() {
      return List.of(new byte[] {2, 1, 3, 0, 1, 7, 0}, new byte[] {0, 0, 0, 1, 8});
    }

    @Override
    void read(byte[] input, Scratch scratch) {
      SpikeTrain.ofCode(4, 8, input).eventCount();
    }
  },
  MODEL {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      Map<String, byte[]> files =
          Map.of(
              ModelFolder.MODEL_FILE,
              input,
              "weights-0.npy",
              array(2, 3),
              "biases-1.npy",
              array(3));
      model(files);
    }
  },
  MODEL_ARRAY {
    @Override
    List<byte[]> seeds() {
      return List.of(array(2, 3));
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      Map<String, byte[]> files =
          Map.of(
              ModelFolder.MODEL_FILE,
              MODEL.seeds().get(0),
              "weights-0.npy",
              input,
              "biases-1.npy",
              array(3));
      model(files);
    }
  },
  CHECKPOINT {
    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      CheckpointInput.read(scratch.hadoop(), scratch.path().resolve("checkpoints"), input);
    }
  },
  WHOLE_MARKER {
    @Override
    List<byte[]> seeds() {
      return json("{\"files\":{\"a.npy\":{\"bytes\":7,\"crc32c\":2345}}}");
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      scratch.file("whole.json", input);
      CheckpointInput.marker(scratch.hadoop(), scratch.folder());
    }
  },
  RUN {
    @Override
    List<byte[]> seeds() {
      return json("{\"run\":\"5f\",\"configuration\":{\"training.workers\":\"2\"}}");
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      scratch.file("run.json", input);
      RunInput.read(scratch.hadoop(), scratch.folder());
    }
  },
  SWEEP_DESCRIPTION {
    @Override
    List<byte[]> seeds() {
      return json(
          "{\"sweep\":\"5f\",\"finished\":true,\"data\":\"7d\",\"softwareVersion\":\"1\",\"dataSets\":[{\"task\":"
              + "\"mnist\",\"synthetic\":false,\"trainingSamples\":9}],\"commands\":[\"sbp sweep\"],"
              + "\"configuration\":{\"model\":\"snn\"},\"changed\":{}}");
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      scratch.file(SweepDescription.FILE, input);
      var unused = SweepDescription.find(scratch.hadoop(), scratch.folder());
    }
  },
  WORKER_MEMORY {
    @Override
    List<byte[]> seeds() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeInt(2);
        for (String name : List.of("adam", "states")) {
          out.writeUTF(name);
          out.writeInt(3);
          out.write(new byte[12]);
        }
        return List.of(bytes.toByteArray());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    void read(byte[] input, Scratch scratch) throws IOException {
      WorkerMemory memory =
          MemoryFile.read(scratch.hadoop(), new org.apache.hadoop.fs.Path(scratch.file(input)));
      memory.entries();
    }
  },
  TRIAL_RECORD {
    @Override
    void read(byte[] input, Scratch scratch) {
      TrialInput.read(new String(input, StandardCharsets.UTF_8));
    }
  },
  EPOCH_LINE {
    @Override
    void read(byte[] input, Scratch scratch) {
      TrialJson.epoch(new String(input, StandardCharsets.UTF_8));
    }
  },
  CONFIGURATION {
    @Override
    void read(byte[] input, Scratch scratch) {
      RunConfiguration.builder()
          .text("x.conf", new String(input, StandardCharsets.UTF_8))
          .build()
          .settings();
    }
  },
  LEASE {
    @Override
    List<byte[]> seeds() {
      return List.of(LeaseInput.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void read(byte[] input, Scratch scratch) {
      var unused = LeaseInput.read(new String(input, StandardCharsets.UTF_8));
    }
  },
  PEER_MESSAGE {
    @Override
    List<byte[]> seeds() {
      return Stream.of("HELLO", "ALIVE", "PIECE", "END").map(MessageInput::message).toList();
    }

    @Override
    void read(byte[] input, Scratch scratch) {
      MessageInput.take(input);
    }
  };

  /**
   * Where files are written.
   *
   * @param path a local folder
   */
  record Scratch(Configuration hadoop, Path path) {

    org.apache.hadoop.fs.Path folder() {
      return new org.apache.hadoop.fs.Path(path.toString());
    }

    String file(byte[] content) throws IOException {
      return file("input", content);
    }

    String file(String name, byte[] content) throws IOException {
      return Files.write(path.resolve(name), content).toUri().toString();
    }
  }

  /** Inputs that are read without a fault; by default the files of the target's folder. */
  List<byte[]> seeds() {
    return files("seeds");
  }

  /** How much longer an input takes than those of most. */
  int cost() {
    return switch (this) {
      case IDX_IMAGES, HDF5_EVENTS, IMAGE_TABLE, CHECKPOINT, CONFIGURATION -> 10;
      default -> 1;
    };
  }

  /** Reads an input; throws what users are told, or else has found a fault. */
  abstract void read(byte[] input, Scratch scratch) throws IOException;

  /** Inputs that a fault was found by. */
  List<byte[]> found() {
    return files("found");
  }

  private static List<byte[]> json(String text) {
    return List.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<byte[]> files(String kind) {
    Path folder =
        Path.of(
            "src/test/resources/hostile", kind, name().toLowerCase(Locale.ROOT).replace('_', '-'));
    List<byte[]> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> paths = Files.list(folder)) {
        for (Path path : paths.sorted().toList()) {
          files.add(Files.readAllBytes(path));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return files;
  }

  private static void events(EventFormat format, byte[] input) throws IOException {
    format.read(
        new ByteArrayInputStream(input),
        "x",
        NpyLayout.TONIC,
        (time, x, y, polarity) -> {},
        (events, position, reason) -> {});
  }

  private static void model(Map<String, byte[]> files) throws IOException {
    ModelFolder.read(
        name -> {
          if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
          }
          return new ByteArrayInputStream(files.get(name));
        },
        "model");
  }

  private static byte[] array(Integer... shape) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      FloatArrayFile.write(out, List.of(shape), new float[6], 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] idx(int magic, byte[] items, int... sizes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int size : sizes) {
        out.writeInt(size);
      }
      out.write(items);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzipped(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
