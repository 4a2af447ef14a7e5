package org.sparksbp.prepare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.measure.Measure;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * A task whose raw files say line by line what happens: {@code train 2} and {@code test 0} are
 * samples with their label ({@code -1} for several outputs), {@code bad} is a bad record, {@code
 * broken} makes the input unusable, {@code once FILE} fails unless FILE exists and makes it, {@code
 * unless FILE} fails as long as FILE does not exist. One file, one slice.
 */
public final class LinesTask implements Task {
  private static final long serialVersionUID = 1L;

  public static final PrepareSettings SETTINGS = PrepareSettings.of("fake", 6, "official").build();

  static final int CHANNELS = 300;

  public static PrepareSettings with(long seed, int limit, int maxBadRecords) {
    return SETTINGS.toBuilder()
        .seed(seed)
        .limit(limit)
        .maxBadRecords(maxBadRecords)
        .maxLoss(1)
        .build();
  }

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public PrepareSettings defaults() {
    return SETTINGS;
  }

  @Override
  public List<String> encoders() {
    return List.of("fake");
  }

  @Override
  public List<String> splits() {
    return List.of("official");
  }

  @Override
  public int channels(PrepareSettings settings) {
    return CHANNELS;
  }

  @Override
  public List<String> outputNames(PrepareSettings settings) {
    return List.of("zero", "one", "two");
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    FileStatus[] files = input.getFileSystem(hadoop).listStatus(input);
    Arrays.sort(files);
    List<InputSlice> slices = new ArrayList<>();
    for (FileStatus file : files) {
      if (file.getPath().getName().endsWith(".txt")) {
        slices.add(
            new InputSlice(
                slices.size(), List.of(file.getPath().toString()), 0, Long.MAX_VALUE, null));
      }
    }
    return slices;
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    Path file = new Path(slice.files().get(0));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sink.read(file.toString(), RecordUnit.LINES, 1);
        act(line.split(" ", 2), slice.number(), number++, file, settings, sink);
      }
    }
  }

  private static void act(
      String[] words, int slice, int line, Path file, PrepareSettings settings, SampleSink sink)
      throws IOException {
    switch (words[0]) {
      case "train", "test" -> {
        Split split = words[0].equals("train") ? Split.TRAIN : Split.TEST;
        sink.sample(split, sample(split, Integer.parseInt(words[1]), slice, line, settings));
      }
      case "bad" -> sink.dropped(file.toString(), RecordUnit.LINES, 1, "line " + line, "it is bad");
      case "broken" -> throw new InvalidInputException("Invalid input " + file + ": broken");
      case "once" -> {
        java.nio.file.Path marker = java.nio.file.Path.of(words[1]);
        if (!Files.exists(marker)) {
          Files.createFile(marker);
          throw new IllegalStateException("failing once");
        }
      }
      case "unless" -> {
        if (!Files.exists(java.nio.file.Path.of(words[1]))) {
          throw new IllegalStateException("failing half-way");
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  static Sample sample(Split split, int label, int slice, int line, PrepareSettings settings) {
    RandomStream random = RandomStream.of(settings.seed(), "lines", slice, line);
    SpikeTrain.Builder train = new SpikeTrain.Builder(settings.steps(), CHANNELS);
    for (int step = 0; step < settings.steps(); step++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        if (random.nextFloat() < 0.05f) {
          train.add(step, channel);
        }
      }
    }
    float[] target = label < 0 ? new float[] {1, 0, 1} : new float[3];
    if (label >= 0) {
      target[label] = 1;
    }
    String id = "lines/" + split.lowerCaseName() + "/" + slice + "-" + line;
    return new Sample(id, train.build(), target, label, label == 2 ? id : "slice " + slice);
  }

  @Override
  public Measure newMeasure(List<String> outputNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PublicSource source() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String syntheticUnits() {
    return "lines";
  }

  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed) {
    throw new UnsupportedOperationException();
  }
}
