package org.sparksbp.nettalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RealData;
import org.sparksbp.task.Split;

class NettalkTaskTest {

  private static final NettalkTask TASK = new NettalkTask();
  private static final String CORPUS =
      "Title\n\n\t\tCopyright\n\n-----------------------\n\n"
          + "cab\tk@b\t>1<\t0\n"
          + "gunpowder\tg^npW-d-R\t0\t\n"
          + "at\t@t\t1<\t0 \n"
          + "at\txt\t0<\t0\n";

  @TempDir java.nio.file.Path folder;

  @Test
  void all51SymbolsOfTheCorpusHaveDistinctCodes() {
    Set<String> codes = new HashSet<>();
    for (float[] code : ArticulatoryFeatures.phonemeCodes()) {
      codes.add(Arrays.toString(code));
    }
    assertThat(ArticulatoryFeatures.CORPUS_PHONEMES).hasSize(51);
    assertThat(codes).hasSize(51);
    assertThat(ArticulatoryFeatures.unitNames())
        .hasSize(26)
        .startsWith("front1")
        .endsWith("boundary");
  }

  @Test
  void aLetterIsItsWindowAndItsTargetTheFeaturesOfItsSound() throws IOException {
    CollectingSink read = read(CORPUS, settings("letters", "full", 0));
    List<Sample> all = read.of(Split.TRAIN);
    assertThat(all).hasSize(7);
    Sample first = all.get(0);
    assertThat(first.id()).isEqualTo("nettalk/00007-cab/0");
    assertThat(first.group()).isEqualTo("cab");
    assertThat(first.spikes().channels()).isEqualTo(189);
    // Outside three times, c, a, b, outside.
    assertThat(on(first)).containsExactly(26, 53, 80, 83, 108, 136, 188);
    float[] target = new float[26];
    target[4] = 1; // back1
    target[6] = 1; // stop
    target[24] = 1; // left
    assertThat(first.target()).containsExactly(target);
  }

  @Test
  void malformedLinesAreBadRecordsWithLineAndReason() throws IOException {
    String corpus = CORPUS + "Bad\tb@d\t>1<\t0\nbad\tb?d\t>1<\t0\nbad\tb@d\t>1<\t7\n";
    assertThat(read(corpus, settings("letters", "full", 0)).badRecords)
        .containsExactly(
            "nettalk.data, line 8: 1 stress symbols '0' for the 9 letters of 'gunpowder'",
            "nettalk.data, line 11: word 'Bad' has other characters than a to z",
            "nettalk.data, line 12: unknown phoneme symbol '?' in 'bad'",
            "nettalk.data, line 13: regularity '7' of 'bad', must be 0, 1 or 2");
  }

  @Test
  void theCommonWordsComeWithAllTheirPronunciations() throws IOException {
    Files.writeString(folder.resolve("nettalk.list"), "A (note)\n****\n\n(AT\n TO)\n");
    CollectingSink read = read(CORPUS, settings("letters", "common-1000", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::group).containsOnly("at").hasSize(4);
  }

  @Test
  void aMissingListAFileWithoutEntriesAndAWrongSplitAreTold() {
    assertThatThrownBy(() -> read(CORPUS, settings("letters", "common-1000", 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot find nettalk.list beside");
    assertThatThrownBy(() -> read("no entry\n", settings("letters", "full", 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none of its 1 lines is an entry");
    assertThatThrownBy(() -> read(CORPUS, settings("odd", "full", 0)))
        .hasMessage("Invalid split: odd, must be one of letters, words");
    assertThatThrownBy(() -> read(CORPUS, settings("letters", "rare", 0)))
        .hasMessage("Invalid word-set: rare, must be one of common-1000, full");
    PrepareSettings foreign = TASK.defaults().toBuilder().option("pooledSide", 3).build();
    assertThatThrownBy(() -> TASK.check(foreign))
        .hasMessage("Invalid pooledSide: nettalk has no such option");
  }

  @Test
  void theRealCommonSetHas5603LettersAnd500ForTest() throws IOException {
    Path data = RealData.path("");
    CollectingSink read = CollectingSink.readAll(TASK, data, settings("letters", "common-1000", 0));
    assertThat(read.of(Split.TEST)).hasSize(500);
    assertThat(read.of(Split.TRAIN)).hasSize(5_603 - 500);
    assertThat(read.badRecords).hasSize(1);
    assertThat(read.badRecords.get(0)).contains("line ").contains("gunpowder");
    CollectingSink other =
        CollectingSink.readAll(TASK, data, settings("letters", "common-1000", 9));
    assertThat(ids(other, Split.TEST)).isNotEqualTo(ids(read, Split.TEST));
  }

  @Test
  void theRealFullSetHas146934LettersAndNoWordOnBothSidesOfTheWordsSplit() throws IOException {
    Path data = RealData.path("nettalk");
    CollectingSink read = CollectingSink.readAll(TASK, data, settings("words", "full", 0));
    assertThat(read.of(Split.TRAIN).size() + read.of(Split.TEST).size()).isEqualTo(146_934);
    Set<String> train = groups(read, Split.TRAIN);
    Set<String> test = groups(read, Split.TEST);
    assertThat(test).hasSize(1_980);
    assertThat(Collections.disjoint(train, test)).isTrue();
    assertThat(train).hasSize(19_801 - 1_980);
  }

  private CollectingSink read(String corpus, PrepareSettings settings) throws IOException {
    Files.writeString(folder.resolve("nettalk.data"), corpus);
    return CollectingSink.readAll(TASK, new Path(folder.toUri()), settings);
  }

  private static PrepareSettings settings(String split, String words, long seed) {
    return PrepareSettings.of("direct", 1, split)
        .seed(seed)
        .maxBadRecords(10)
        .option("wordSet", words)
        .build();
  }

  private static List<Integer> on(Sample sample) {
    List<Integer> channels = new java.util.ArrayList<>();
    sample.spikes().forEach((step, channel) -> channels.add(channel));
    return channels;
  }

  private static Set<String> ids(CollectingSink read, Split split) {
    return read.of(split).stream().map(Sample::id).collect(Collectors.toSet());
  }

  private static Set<String> groups(CollectingSink read, Split split) {
    return read.of(split).stream().map(Sample::group).collect(Collectors.toSet());
  }

  @Test
  void slicesTogetherDeliverWhatOneSliceWould() throws IOException {
    Configuration hadoop = new Configuration();
    Path data = RealData.path("nettalk");
    PrepareSettings limited = settings("letters", "common-1000", 1).toBuilder().limit(40).build();
    CollectingSink all = CollectingSink.readAll(TASK, data, settings("letters", "common-1000", 1));
    CollectingSink first = CollectingSink.readAll(TASK, data, limited);
    assertThat(TASK.slices(hadoop, data, limited)).hasSize(11);
    assertThat(first.of(Split.TEST))
        .extracting(Sample::id)
        .containsExactlyElementsOf(
            all.of(Split.TEST).subList(0, 40).stream().map(Sample::id).toList());
  }
}
