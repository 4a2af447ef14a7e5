package org.sparksbp.dvsgesture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.aedat.AedatWriter;
import org.sparksbp.aedat.EventFiles;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RealData;
import org.sparksbp.task.Split;

class DvsGestureTaskTest {

  private static final DvsGestureTask TASK = new DvsGestureTask();

  @TempDir java.nio.file.Path folder;

  @Test
  void eventsFallIntoTheFramesAndPooledPixelsOfTheirClips() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {124, 127, 127}, {125, 4, 0}, {199, 3, 3}});
    labels("user01_led", "2,100,200");
    List<Sample> frames = readAll(settings(4, "frames", "official", 0)).of(Split.TRAIN);
    assertThat(frames).hasSize(4);
    assertThat(frames)
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:0 0:1023 ", "0:1 ", "", "0:0 ");
    assertThat(frames.get(1).id()).isEqualTo("dvsgesture/user01_led/00/001");
    assertThat(frames.get(1).group()).isEqualTo("dvsgesture/user01_led/00");
    assertThat(frames.get(1).label()).isEqualTo(1);
    List<Sample> clips = readAll(settings(4, "clips", "official", 0)).of(Split.TRAIN);
    assertThat(clips).extracting(DvsGestureTaskTest::events).containsExactly("0:0 0:1023 1:1 3:0 ");
  }

  @Test
  void polaritiesMayHaveChannelsOfTheirOwn() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {101, 8, 0}});
    labels("user01_led", "1,100,200");
    PrepareSettings separate =
        settings(1, "clips", "official", 0).toBuilder().option("polarities", "separate").build();
    // The writer of this test alternates polarities, darker first.
    assertThat(events(readAll(separate).of(Split.TRAIN).get(0))).isEqualTo("0:0 0:1026 ");
    assertThat(TASK.channels(separate)).isEqualTo(2048);
  }

  @Test
  void overlappingClipsBothGetTheirEventsAndAClassMayOccurTwice() throws IOException {
    record("user24_led", new long[][] {{100, 0, 0}, {150, 4, 0}, {260, 8, 0}});
    labels("user24_led", "8,100,200", "8,140,300");
    List<Sample> clips = readAll(settings(1, "clips", "official", 0)).of(Split.TEST);
    assertThat(clips)
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:0 0:1 ", "0:1 0:2 ");
    assertThat(clips).extracting(Sample::label).containsExactly(7, 7);
  }

  @Test
  void framesOfFixedLengthAreAsManyAsTheClipHoldsUpToTheSteps() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {130, 4, 0}, {160, 8, 0}});
    labels("user01_led", "1,100,165");
    assertThat(readAll(settings(9, "frames", "official", 30)).of(Split.TRAIN))
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:0 ", "0:1 ", "0:2 ");
    assertThat(readAll(settings(2, "clips", "official", 30)).of(Split.TRAIN))
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:0 1:1 ");
  }

  @Test
  void ofEachSoManyFramesTheFirstIsKept() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {110, 4, 0}, {120, 8, 0}, {130, 12, 0}});
    labels("user01_led", "1,100,150");
    PrepareSettings clips =
        settings(5, "clips", "official", 0).toBuilder().option("everyFrame", 2).build();
    assertThat(readAll(clips).of(Split.TRAIN)).hasSize(1);
    Sample clip = readAll(clips).of(Split.TRAIN).get(0);
    assertThat(events(clip)).isEqualTo("0:0 1:2 ");
    assertThat(clip.spikes().steps()).isEqualTo(3);
    PrepareSettings frames =
        settings(5, "frames", "official", 0).toBuilder().option("everyFrame", 2).build();
    List<Sample> kept = readAll(frames).of(Split.TRAIN);
    assertThat(kept).extracting(DvsGestureTaskTest::events).containsExactly("0:0 ", "0:2 ", "");
    assertThat(kept.get(1).id()).endsWith("/002");
  }

  @Test
  void withinClipTheFirst70PercentOfTimeAreForTraining() throws IOException {
    record("some", new long[][] {{100, 0, 0}, {169, 4, 0}, {170, 8, 0}, {199, 12, 0}});
    labels("some", "1,100,200");
    CollectingSink frames = readAll(settings(10, "frames", "within-clip", 0));
    assertThat(frames.of(Split.TRAIN)).hasSize(7);
    assertThat(frames.of(Split.TEST))
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:2 ", "", "0:3 ");
    CollectingSink clips = readAll(settings(2, "clips", "within-clip", 0));
    assertThat(clips.of(Split.TRAIN))
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:0 1:1 ");
    assertThat(clips.of(Split.TEST))
        .extracting(DvsGestureTaskTest::events)
        .containsExactly("0:2 1:3 ");
  }

  @Test
  void theTrialListsGoBeforeTheNumberOfTheUser() throws IOException {
    for (String name : List.of("user01_led", "user02_led", "user24_led")) {
      record(name, new long[][] {{100, 0, 0}});
      labels(name, "1,100,200");
    }
    Files.writeString(folder.resolve("trials_to_test.txt"), "user02_led.aedat\r\n");
    assertThat(slices())
        .extracting(InputSlice::split)
        .containsExactly(Split.TRAIN, Split.TEST, Split.TEST);
  }

  @Test
  void trialListsAreReadAsPeopleSaveThem() throws IOException {
    for (String name : List.of("user01_led", "USER02_led", "user24_led")) {
      record(name, new long[][] {{100, 0, 0}});
      labels(name, "1,100,200");
    }
    Files.writeString(
        folder.resolve("trials_to_test.txt"),
        "\uFEFFDvsGesture/user02_led.aedat\r\n# twice\r\nuser01_led.aedat\r\n");
    assertThat(slices())
        .extracting(InputSlice::split)
        .containsExactly(Split.TEST, Split.TEST, Split.TEST);
    Files.writeString(folder.resolve("trials_to_train.txt"), "user01_led.aedat");
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trials_to_test.txt: user01_led.aedat is in that of train clips too");
  }

  @Test
  void theSubjectMayBeInCapitals() throws IOException {
    record("USER24_LED", new long[][] {{100, 0, 0}});
    labels("USER24_LED", "1,100,200");
    assertThat(slices()).extracting(InputSlice::split).containsExactly(Split.TEST);
  }

  @Test
  void clipsOfATableThatAreNotBesideItAreLost() throws IOException {
    Files.write(folder.resolve("user01.bs2"), new byte[] {1, 2, 0, 0, 9});
    Files.write(folder.resolve("user02.bs2"), new byte[] {1, 2, 0, 0, 9});
    Files.writeString(folder.resolve("labels.csv"), "user01.BS2,3\nclips/user02,4\nuser03.bs2,5\n");
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(2, 3);
    assertThat(read.badRecords)
        .containsExactly("labels.csv, file user03: it is not beside the table");
    assertThat(read.counts)
        .containsEntry("labels.csv clips", 3L)
        .containsEntry("labels.csv lost clips", 1L);
  }

  @Test
  void foldersTooDeepToLookIntoAreNotPassedOver() throws IOException {
    Files.write(Files.createDirectories(folder.resolve("user01")).resolve("0.npy"), oneEventNpy());
    java.nio.file.Path deep = Files.createDirectories(folder.resolve("a/b/c/d/user24"));
    Files.write(deep.resolve("0.npy"), oneEventNpy());
    assertThat(slices()).extracting(InputSlice::split).containsExactly(Split.TEST, Split.TRAIN);
    Files.createSymbolicLink(deep.resolve("back"), folder);
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("take away the link that leads back");
  }

  @Test
  void badLabelLinesAndClipsWithoutEventsAreBadRecords() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}});
    labels("user01_led", "12,100,200", "1,200,100", "1,x,3", "2,100,101", "3,500,600");
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(1);
    assertThat(read.badRecords.subList(0, 3))
        .containsExactly(
            "user01_led_labels.csv, line 2: class 12, must be from 1 to 11",
            "user01_led_labels.csv, line 3: clip ends at 100 us, not behind 200",
            "user01_led_labels.csv, line 4: not class,start,end: '1,x,3'");
    assertThat(read.badRecords.get(3)).startsWith("user01_led.aedat, clip 1: no events in");
  }

  @Test
  void ofARecordingThatEndsEarlyTheClipAtItsEndIsLostToo() throws IOException {
    long[][] events = new long[60][];
    for (int i = 0; i < events.length; i++) {
      events[i] = new long[] {100 + 10L * i, i % 128, 3};
    }
    record("user01_led", events);
    labels("user01_led", "1,100,400", "2,400,691", "3,400,1000");
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(0, 1);
    assertThat(read.badRecords)
        .containsExactly("user01_led.aedat, clip 2: the recording ends at 690 us, within the clip");
    assertThat(read.counts)
        .containsEntry("user01_led.aedat clips", 3L)
        .containsEntry("user01_led.aedat lost clips", 1L)
        .containsEntry("user01_led.aedat events", 60L);
  }

  @Test
  void ofATruncatedRecordingNoClipThatGoesBeyondItsLastEventIsKept() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {150, 1, 1}, {199, 2, 2}, {205, 3, 3}});
    java.nio.file.Path file = folder.resolve("user01_led.aedat");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
    labels("user01_led", "1,100,200", "2,190,206");
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(0);
    assertThat(read.counts)
        .containsEntry("user01_led.aedat events", 4L)
        .containsEntry("user01_led.aedat lost events", 1L)
        .containsEntry("user01_led.aedat lost clips", 1L);
  }

  @Test
  void aRecordingWithoutAClipAndTimesInMillisecondsAreRefused() throws IOException {
    record("user01_led", new long[][] {{100, 0, 0}, {9_000_000, 1, 1}});
    labels("user01_led", "1,200,300");
    assertThatThrownBy(() -> readAll(settings(1, "clips", "official", 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("user01_led.aedat")
        .hasMessageContaining("are its times in ms or s?");
    labels("user01_led", "1,200,2000300");
    assertThatThrownBy(() -> readAll(settings(1, "clips", "official", 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no events in the time of any of the 1 clips");
  }

  @Test
  void onlyNamesBelowTheInputTellTheSubject() throws IOException {
    java.nio.file.Path clips = Files.createDirectories(folder.resolve("user25/clips"));
    Files.write(clips.resolve("0.npy"), oneEventNpy());
    Path input = new Path(clips.toUri());
    assertThatThrownBy(() -> slices(input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("user25/clips on its path has user01 to user29");
    assertThat(slices()).extracting(InputSlice::split).containsExactly(Split.TEST);
  }

  @Test
  void filesAreFoundInAnyCaseWithAColonAndNotTwice() throws IOException {
    record("user01 10:30", new long[][] {{100, 0, 0}});
    labels("user01 10:30", "1,100,101");
    Files.move(folder.resolve("user01 10:30.aedat"), folder.resolve("user01 10:30.AEDAT"));
    assertThat(readAll(settings(1, "clips", "official", 0)).of(Split.TRAIN))
        .extracting(Sample::id)
        .containsExactly("dvsgesture/user01 10:30/00");
    Files.copy(folder.resolve("user01 10:30.AEDAT"), folder.resolve("user01 10:30.aedat.GZ"));
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot choose between");
  }

  @Test
  void inputsThatAreNotGesturesAreTold() throws IOException {
    assertThatThrownBy(this::slices).hasMessageContaining("the directory is empty");
    Files.writeString(folder.resolve("nettalk.data"), "x");
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot find dvsgesture data in");
    record("lab", new long[][] {{100, 0, 0}});
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lab_labels.csv is not beside it");
    labels("lab", "1,1,2");
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("use --split within-clip");
  }

  @Test
  void optionsThatMakeNoFramesAreRefused() {
    assertThatThrownBy(() -> TASK.check(with("pooledSide", 3)))
        .hasMessage("Invalid pooled-side: 3, must divide 128");
    assertThatThrownBy(() -> TASK.check(with("everyFrame", 101)))
        .hasMessage("Invalid every-frame: 101, a clip has 100 frames");
    assertThatThrownBy(() -> TASK.check(with("polarities", "mixed")))
        .hasMessage("Invalid polarities: mixed, must be one of merged, separate");
    assertThatThrownBy(() -> TASK.check(with("binMicroseconds", -1)))
        .hasMessage("Invalid bin-us: -1, must be a whole number of at least 0");
    assertThatThrownBy(() -> TASK.check(TASK.defaults().toBuilder().encoder("direct").build()))
        .hasMessage("Invalid encoder: direct, must be one of events");
  }

  private static PrepareSettings with(String key, Object value) {
    return TASK.defaults().toBuilder().option(key, value).build();
  }

  @Test
  void tonicsFoldersGiveSubjectAndClass() throws IOException {
    byte[] clip = oneEventNpy();
    for (String user : List.of("ibmGestureTrain/user05_lab", "ibmGestureTest/user25_lab")) {
      java.nio.file.Path folderOfUser = Files.createDirectories(folder.resolve(user));
      Files.write(folderOfUser.resolve("0.npy"), clip);
      Files.write(folderOfUser.resolve("10.npy"), clip);
    }
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN))
        .extracting(Sample::id)
        .containsExactly(
            "dvsgesture/ibmGestureTrain/user05_lab/0", "dvsgesture/ibmGestureTrain/user05_lab/10");
    assertThat(read.of(Split.TEST)).extracting(Sample::label).containsExactly(0, 10);
    assertThat(events(read.of(Split.TEST).get(0))).isEqualTo("0:1 ");
  }

  @Test
  void madeUpRecordingsGiveTheSamplesThatTheyAlwaysGave() throws IOException {
    Path input = new Path(folder.toUri());
    TASK.writeSynthetic(new Configuration(), input, 22, 5);
    assertThat(checksum(readAll(settings(100, "frames", "official", 0))))
        .isEqualTo("b7263bdd8abf731c5986390fa80d16648f2447aed41274ce91fc35c671d6ce8c");
    PrepareSettings clips =
        settings(50, "clips", "within-clip", 0).toBuilder()
            .option("polarities", "separate")
            .option("pooledSide", 16)
            .build();
    assertThat(checksum(readAll(clips)))
        .isEqualTo("7324df9f7f66da5f16042ed2eecfbf5a11408691d53436826b972900ca6c3b1c");
  }

  private static String checksum(CollectingSink read) {
    StringBuilder all = new StringBuilder();
    for (Split split : Split.values()) {
      for (Sample sample : read.of(split)) {
        all.append(split).append(sample.id()).append(sample.group()).append(sample.label());
        all.append(' ').append(events(sample)).append('\n');
      }
    }
    return Checksum.sha256(all.toString());
  }

  @Test
  void spikingJellysFoldersGiveClassSplitAndSubject() throws IOException {
    byte[] clip = oneEventNpz();
    for (String name :
        List.of(
            "events_np/train/0/user01_led_0.npz",
            "events_np/train/10/user01_led_0.NPZ",
            "events_np/test/3/user24_led_1.npz",
            "frames_number_16_split_by_number/test/3/user24_led_1.npz")) {
      write(name, clip);
    }
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN))
        .extracting(Sample::id)
        .containsExactly(
            "dvsgesture/events_np/train/0/user01_led_0",
            "dvsgesture/events_np/train/10/user01_led_0");
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(0, 10);
    assertThat(read.of(Split.TEST)).extracting(Sample::label).containsExactly(3);
    assertThat(events(read.of(Split.TEST).get(0))).isEqualTo("0:1 ");
  }

  @Test
  void aFolderAndASubjectThatDisagreeOnTheSplitAreRefused() throws IOException {
    write("train/0/user24_led_0.npz", oneEventNpz());
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("user24_led_0.npz")
        .hasMessageContaining("a folder of train clips, but its subject is one to test with");
    PrepareSettings within = settings(1, "frames", "within-clip", 0);
    assertThat(readAll(within).of(Split.TEST)).isNotEmpty();
  }

  @Test
  void withoutASubjectTheFolderTellsTheSplit() throws IOException {
    write("Train/4/first.h5", oneEventHdf5());
    write("Test/5/second.HDF5", oneEventHdf5());
    CollectingSink read = readAll(settings(1, "clips", "official", 0));
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(4);
    assertThat(read.of(Split.TEST))
        .extracting(Sample::id)
        .containsExactly("dvsgesture/Test/5/second");
  }

  @Test
  void aClipWithoutAClassInItsPathIsRefused() throws IOException {
    write("train/user01_led_0.npz", oneEventNpz());
    assertThatThrownBy(() -> readAll(settings(1, "clips", "official", 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is its class, 0 to 10");
  }

  @Test
  void recordingsOfAedat4AreCutByTheirLabels() throws IOException {
    EventFiles.Compressor none = out -> out;
    long[][] early = {{100, 0, 0, 1}, {150, 4, 0, 1}};
    long[][] late = {{199, 8, 0, 1}, {300, 0, 0, 1}};
    write(
        "user01_led.aedat4",
        EventFiles.aedat4(
            0, 128, EventFiles.packet(0, none, early), EventFiles.packet(0, none, late)));
    labels("user01_led", "2,100,200");
    List<Sample> clips = readAll(settings(2, "clips", "official", 0)).of(Split.TRAIN);
    assertThat(clips).extracting(DvsGestureTaskTest::events).containsExactly("0:0 1:1 1:2 ");
    assertThat(clips).extracting(Sample::id).containsExactly("dvsgesture/user01_led/00");
  }

  private void write(String name, byte[] content) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] oneEventNpz() throws IOException {
    return EventFiles.npz(
        java.util.zip.ZipEntry.DEFLATED,
        new long[] {7},
        new long[] {4},
        new long[] {1},
        new long[] {1});
  }

  private static byte[] oneEventHdf5() throws IOException {
    return EventFiles.hdf5(
        hdf -> {
          hdf.putDataset("t", new long[] {7});
          hdf.putDataset("x", new int[] {4});
          hdf.putDataset("y", new int[] {1});
          hdf.putDataset("p", new int[] {1});
        });
  }

  @Test
  void theTenRealClipsGive700And300Frames() throws IOException {
    Path clips = RealData.path("dvsgesture/slayer_bs2");
    PrepareSettings settings = settings(100, "frames", "within-clip", 0);
    CollectingSink read = CollectingSink.readAll(TASK, clips, settings);
    assertThat(read.of(Split.TRAIN)).hasSize(700);
    assertThat(read.of(Split.TEST)).hasSize(300);
    assertThat(read.badRecords).isEmpty();
    assertThat(read.of(Split.TEST).stream().map(Sample::group).distinct()).hasSize(10);
    assertThat(read.of(Split.TRAIN)).allMatch(sample -> sample.spikes().eventCount() > 0);
  }

  @Test
  void theRepackedRecordingGivesNearlyTheFramesOfItsClips() throws IOException {
    Path recording = RealData.path("dvsgesture/aedat31_repacked");
    PrepareSettings settings = settings(100, "frames", "within-clip", 0);
    CollectingSink fromRecording = CollectingSink.readAll(TASK, recording, settings);
    CollectingSink fromClips =
        CollectingSink.readAll(TASK, RealData.path("dvsgesture/slayer_bs2"), settings);
    assertThat(fromRecording.of(Split.TRAIN)).hasSize(700);
    assertThat(fromRecording.badRecords).isEmpty();
    // Their clips begin at the label's time or at the first event, some us apart.
    assertThat(spikes(fromRecording) / (double) spikes(fromClips)).isBetween(0.99, 1.01);
  }

  @Test
  void realRecordingsOfOtherVersionsAndAmbiguousInputsAreRefused() {
    Path others = RealData.path("dvsgesture/other_aedat");
    assertThatThrownBy(() -> slices(others))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it is an AEDAT 2.0 recording");
    assertThatThrownBy(() -> slices(new Path(others, "sample.aedat4")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its camera has 320x240 pixels, needed is one of 128x128");
    assertThatThrownBy(() -> slices(RealData.path("dvsgesture")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot choose what to read")
        .hasMessageContaining("slayer_bs2 (10 of BS2)");
  }

  private static long spikes(CollectingSink read) {
    return read.of(Split.TRAIN).stream().mapToLong(sample -> sample.spikes().eventCount()).sum();
  }

  private static PrepareSettings settings(int steps, String sampleBy, String split, int bin) {
    return TASK.defaults().toBuilder()
        .steps(steps)
        .split(split)
        .option("sampleBy", sampleBy)
        .option("binMicroseconds", bin)
        .build();
  }

  private CollectingSink readAll(PrepareSettings settings) throws IOException {
    return CollectingSink.readAll(TASK, new Path(folder.toUri()), settings);
  }

  private List<InputSlice> slices() throws IOException {
    return slices(new Path(folder.toUri()));
  }

  private static List<InputSlice> slices(Path input) throws IOException {
    return TASK.slices(new Configuration(), input, TASK.defaults());
  }

  private void record(String name, long[][] events) throws IOException {
    try (AedatWriter writer =
        new AedatWriter(Files.newOutputStream(folder.resolve(name + ".aedat")))) {
      int polarity = 0;
      for (long[] event : events) {
        writer.event(event[0], (int) event[1], (int) event[2], polarity++ % 2);
      }
    }
  }

  private void labels(String name, String... rows) throws IOException {
    Files.writeString(
        folder.resolve(name + "_labels.csv"),
        "class,startTime_usec,endTime_usec\n" + String.join("\n", rows) + "\n");
  }

  private static byte[] oneEventNpy() {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 4), }\n";
    byte[] text =
        ("?NUMPY\1\0" + (char) header.length() + "\0" + header + "\4\1\1\7")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    text[0] = (byte) 0x93;
    return text;
  }

  private static String events(Sample sample) {
    List<String> events = new ArrayList<>();
    sample.spikes().forEach((step, channel) -> events.add(step + ":" + channel + " "));
    return events.stream().collect(Collectors.joining());
  }
}
