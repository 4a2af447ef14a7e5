package org.sparksbp.nettalk;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.encoding.SpikeEncoder;
import org.sparksbp.encoding.SpikeEncoders;
import org.sparksbp.measure.Measure;
import org.sparksbp.measure.NettalkMeasure;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import org.sparksbp.task.TaskOption;

/**
 * The NETtalk corpus: {@code nettalk.data} and, for the common words, {@code nettalk.list}; slices
 * of 2,000 lines.
 *
 * <p>Every slice reads the whole dictionary (half a megabyte), because the split is one over all
 * its letters, and delivers the letters of its own lines.
 */
public final class NettalkTask implements Task {

  private static final long serialVersionUID = 1L;

  private static final String COMMON_1000 = "common-1000";
  private static final String FULL = "full";
  private static final TaskOption WORD_SET =
      new TaskOption(
          "wordSet", "word-set", "SET", COMMON_1000 + " or " + FULL, List.of(COMMON_1000, FULL));

  private static final int SLICE_LINES = 2_000;
  private static final String DATA = "nettalk.data";
  private static final String LIST = "nettalk.list";

  private static final String REPOSITORY =
      "https://archive.ics.uci.edu/ml/machine-learning-databases/undocumented/"
          + "connectionist-bench/nettalk/";
  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              file(DATA, "bf5628ee4368e5348e22189a9e2236bf86853363dd5832d07f6d7223b614f8ab"),
              file(LIST, "07c47f92dba791e5525b757ee5797953bb42b50a7de5937dd3af5cb0e112b856")),
          "By hand: get 'Connectionist Bench (Nettalk Corpus)' from https://archive.ics.uci.edu"
              + " and put nettalk.data and nettalk.list into the directory.");

  @Override
  public String name() {
    return "nettalk";
  }

  @Override
  public PrepareSettings defaults() {
    return PrepareSettings.of("direct", 20, LetterSplit.LETTERS)
        .maxBadRecords(10)
        .option(WORD_SET.key(), COMMON_1000)
        .build();
  }

  @Override
  public List<String> splits() {
    return LetterSplit.KINDS;
  }

  @Override
  public List<TaskOption> options() {
    return List.of(WORD_SET);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return LetterWindow.CHANNELS;
  }

  @Override
  public List<String> outputNames(PrepareSettings settings) {
    return ArticulatoryFeatures.unitNames();
  }

  @Override
  public Measure newMeasure(List<String> outputNames) {
    return new NettalkMeasure(
        ArticulatoryFeatures.CORPUS_PHONEMES,
        ArticulatoryFeatures.phonemeCodes(),
        ArticulatoryFeatures.stressCodes());
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    List<RawFolder> candidates = RawFolder.candidates(hadoop, input, name());
    for (RawFolder folder : candidates) {
      Optional<FileStatus> data = folder.file(DATA);
      if (data.isPresent()) {
        return slicesOf(hadoop, files(folder, data.get(), settings));
      }
    }
    throw RawFolder.notFound(name(), "nettalk.data and nettalk.list", input, candidates);
  }

  /** {@inheritDoc} Without a word set there is none to read. */
  @Override
  public void check(PrepareSettings settings) {
    Task.super.check(settings);
    WORD_SET.parse(settings.text(WORD_SET.key()));
  }

  private static List<String> files(RawFolder folder, FileStatus data, PrepareSettings settings)
      throws InvalidInputException {
    List<String> files = new ArrayList<>();
    files.add(data.getPath().toString());
    if (settings.text(WORD_SET.key()).equals(COMMON_1000)) {
      FileStatus list =
          folder
              .file(LIST)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "Cannot find nettalk.list beside "
                              + data.getPath()
                              + ": the word set common-1000 needs it; fetch it, or prepare the word"
                              + " set full"));
      files.add(list.getPath().toString());
    }
    return files;
  }

  private static List<InputSlice> slicesOf(Configuration hadoop, List<String> files)
      throws IOException {
    int[] entries = new int[1];
    int lines =
        NettalkDictionary.read(
            hadoop,
            files.get(0),
            new NettalkDictionary.Visitor() {
              @Override
              public void entry(DictionaryEntry entry) {
                entries[0]++;
              }

              @Override
              public void malformed(int line, String reason) {}
            });
    if (entries[0] == 0) {
      throw new InvalidInputException(
          "Invalid NETtalk dictionary "
              + files.get(0)
              + ": none of its "
              + lines
              + " lines is an entry of word, phonemes, stress and regularity separated by tabs");
    }
    List<InputSlice> slices = new ArrayList<>();
    for (int from = 0; from < lines; from += SLICE_LINES) {
      slices.add(
          new InputSlice(slices.size(), files, from, Math.min(lines, from + SLICE_LINES), null));
    }
    return slices;
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    List<DictionaryEntry> entries = entries(hadoop, slice, sink);
    LetterSplit split = LetterSplit.of(settings.split(), entries, settings.seed());
    SpikeEncoder encoder =
        SpikeEncoders.named(settings.encoder(), settings.steps(), settings.seed());
    Map<Split, Integer> delivered = new EnumMap<>(Split.class);
    int letter = 0;
    for (DictionaryEntry entry : entries) {
      boolean own = isOwn(slice, entry.line());
      for (int index = 0; index < entry.letters(); index++) {
        Split of = split.of(letter++);
        int before = delivered.merge(of, 1, Integer::sum) - 1;
        if (own && (settings.limit() == 0 || before < settings.limit())) {
          sink.sample(of, sample(entry, index, encoder));
        }
      }
    }
  }

  /** All entries of the word set; malformed lines of the slice go to the sink. */
  private static List<DictionaryEntry> entries(
      Configuration hadoop, InputSlice slice, SampleSink sink) throws IOException {
    String file = slice.files().get(0);
    Set<String> words =
        slice.files().size() > 1
            ? NettalkDictionary.readWordList(hadoop, slice.files().get(1))
            : Set.of();
    List<DictionaryEntry> entries = new ArrayList<>();
    var unused =
        NettalkDictionary.read(
            hadoop,
            file,
            new NettalkDictionary.Visitor() {
              @Override
              public void entry(DictionaryEntry entry) throws IOException {
                if (isOwn(slice, entry.line())) {
                  sink.read(file, RecordUnit.LINES, 1);
                }
                if (words.isEmpty() || words.contains(entry.word())) {
                  entries.add(entry);
                }
              }

              @Override
              public void malformed(int line, String reason) throws IOException {
                if (isOwn(slice, line)) {
                  sink.read(file, RecordUnit.LINES, 1);
                  sink.dropped(file, RecordUnit.LINES, 1, "line " + line, reason);
                }
              }
            });
    return entries;
  }

  private static RemoteFile file(String name, String sha256) {
    return new RemoteFile(
        name,
        List.of(URI.create(REPOSITORY + name)),
        Checksum.Algorithm.SHA_256,
        sha256,
        RemoteFile.Unpack.NO);
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  @Override
  public String syntheticUnits() {
    return "words";
  }

  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticDictionary.write(hadoop, directory, samples, seed);
  }

  private static boolean isOwn(InputSlice slice, int line) {
    return line - 1 >= slice.from() && line - 1 < slice.to();
  }

  private static Sample sample(DictionaryEntry entry, int index, SpikeEncoder encoder) {
    String id = String.format(Locale.ROOT, "nettalk/%05d-%s/%d", entry.line(), entry.word(), index);
    float[] target =
        ArticulatoryFeatures.target(entry.phonemes().charAt(index), entry.stresses().charAt(index));
    return new Sample(
        id, encoder.encode(id, LetterWindow.at(entry.word(), index)), target, -1, entry.word());
  }
}
