package org.sparksbp.nettalk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.encoding.SpikeEncoder;
import org.sparksbp.encoding.SpikeEncoders;
import org.sparksbp.measure.Measure;
import org.sparksbp.measure.NettalkMeasure;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * The NETtalk corpus: {@code nettalk.data} and, for the common words, {@code nettalk.list}; slices
 * of 2,000 lines.
 *
 * <p>Every slice reads the whole dictionary (half a megabyte), because the split is one over all
 * its letters, and delivers the letters of its own lines.
 */
public final class NettalkTask implements Task {

  private static final long serialVersionUID = 1L;

  static final String COMMON_1000 = "common-1000";
  static final String FULL = "full";

  private static final int SLICE_LINES = 2_000;
  private static final String DATA = "nettalk.data";
  private static final String LIST = "nettalk.list";

  @Override
  public String name() {
    return "nettalk";
  }

  @Override
  public PrepareSettings defaults() {
    return new PrepareSettings(
        "direct", 20, 1, "", LetterSplit.LETTERS, COMMON_1000, 0, 10, 0, "", 0, false);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return LetterWindow.CHANNELS;
  }

  @Override
  public List<String> outputNames() {
    return ArticulatoryFeatures.unitNames();
  }

  @Override
  public Measure newMeasure() {
    return new NettalkMeasure(
        ArticulatoryFeatures.CORPUS_PHONEMES,
        ArticulatoryFeatures.phonemeCodes(),
        ArticulatoryFeatures.stressCodes());
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    checkSettings(settings);
    List<RawFolder> candidates = RawFolder.candidates(hadoop, input, name());
    for (RawFolder folder : candidates) {
      Optional<FileStatus> data = folder.file(DATA);
      if (data.isPresent()) {
        return slicesOf(hadoop, files(folder, data.get(), settings));
      }
    }
    throw RawFolder.notFound(name(), "nettalk.data and nettalk.list", input, candidates);
  }

  private static void checkSettings(PrepareSettings settings) {
    var unused = SpikeEncoders.named(settings.encoder(), settings.steps(), settings.seed());
    if (!settings.wordSet().equals(COMMON_1000) && !settings.wordSet().equals(FULL)) {
      throw new IllegalArgumentException(
          "Invalid word set: '"
              + settings.wordSet()
              + "', nettalk has '"
              + COMMON_1000
              + "' and '"
              + FULL
              + "'");
    }
    var unusedSplit = LetterSplit.of(settings.split(), List.of(), settings.seed());
  }

  private static List<String> files(RawFolder folder, FileStatus data, PrepareSettings settings)
      throws InvalidInputException {
    List<String> files = new ArrayList<>();
    files.add(data.getPath().toString());
    if (settings.wordSet().equals(COMMON_1000)) {
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
              public void entry(DictionaryEntry entry) {
                if (words.isEmpty() || words.contains(entry.word())) {
                  entries.add(entry);
                }
              }

              @Override
              public void malformed(int line, String reason) throws IOException {
                if (isOwn(slice, line)) {
                  sink.badRecord(file, "line " + line, reason);
                }
              }
            });
    return entries;
  }

  private static boolean isOwn(InputSlice slice, int line) {
    return line - 1 >= slice.from() && line - 1 < slice.to();
  }

  private static Sample sample(DictionaryEntry entry, int index, SpikeEncoder encoder) {
    String id = "nettalk/%05d-%s/%d".formatted(entry.line(), entry.word(), index);
    float[] target =
        ArticulatoryFeatures.target(entry.phonemes().charAt(index), entry.stresses().charAt(index));
    return new Sample(
        id, encoder.encode(id, LetterWindow.at(entry.word(), index)), target, -1, entry.word());
  }
}
