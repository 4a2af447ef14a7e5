package org.sparksbp.dvsgesture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.clip.LabelledClip;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;

class LabelTableTest {

  private static final List<LabelledClip> CLIPS =
      List.of(
          new LabelledClip("dvsgesture/user01/00", 1, 2_000_000, 3_000_000),
          new LabelledClip("dvsgesture/user01/01", 10, 4_000_000, 5_000_000));

  @TempDir java.nio.file.Path folder;

  private final CollectingSink sink = new CollectingSink();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class,startTime_usec,endTime_usec\n2,2000000,3000000\n11,4000000,5000000\n",
        "2,2000000,3000000\n11,4000000,5000000",
        "\uFEFF2,2000000,3000000\r\n11,4000000,5000000\r\n",
        "\uFEFFclass;startTime_usec;endTime_usec\n2;2000000;3000000\n11;4000000,0;5000000,0\n",
        "\"class\"\t\"start\"\t\"end\"\n\n\"2\"\t2000000\t3000000\n11\t4000000\t5000000\n",
        "endTime_usec,Class,note,startTime_usec\n3000000,2,\"a, b\",2000000\n5e6,11.0,,4.0e6\n",
        "class,startTime_ms,endTime_ms\n2,2000,3000\n11,4000.0,5000\n",
        "gesture,Start (\u00b5s),End (\u03bcs)\n2,2000000,3000000\n11,4000000,5000000\n",
        "sep=;\nclass;start;end\n2;2000000,0;3000000\n11;4000000;5000000\n",
        "class|start_sec|end_sec\n2|2|3\n11|4|5\n",
        "# of the first day\n# class,start,end\n2,2000000,3000000\n11,4000000,5000000\n# end\n",
        ",class,start,end\n0,2,2000000,3000000,,\n1,11,4000000,5000000,,\n"
      })
  void tablesAreReadAsPeopleSaveThem(String text) throws IOException {
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(CLIPS);
    assertThat(read(("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(CLIPS);
    assertThat(sink.badRecords).isEmpty();
    assertThat(sink.counts).containsEntry("labels.csv lines", 4L);
  }

  @Test
  void linesThatCannotBeUsedAreLostWithTheirNumbers() throws IOException {
    String text =
        "class,start,end\n\n2,2000000,3000000\n2,1.5,9\nx,1,2\n3\n12,1,2\n1,1e999,2\n"
            + "11,4000000,5000000\n2,-1,7";
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(CLIPS);
    assertThat(sink.badRecords)
        .containsExactly(
            "labels.csv, line 4: not class,start,end in whole numbers: '2,1.5,9'",
            "labels.csv, line 5: not class,start,end: 'x,1,2'",
            "labels.csv, line 6: not class,start,end: '3'",
            "labels.csv, line 7: class 12, must be from 1 to 11",
            "labels.csv, line 8: beyond what can be counted: '1e999'",
            "labels.csv, line 10: clip starts at -1 us, before all recordings");
    assertThat(sink.counts).containsEntry("labels.csv lost lines", 6L);
  }

  @Test
  void tablesThatGiveNoClipOrAnotherOneAreRefused() {
    refused("class,start,end\n0,1,2\n1,2,3\n", "line 2 has class 0, so its classes are counted");
    refused("class,start,end\n", "it has no line of class,start,end");
    refused("", "it has no line of class,start,end");
    refused("1 2 3\n4 5 6\n", "none of its lines is class,start,end, the first: line 1");
    refused("gesture,from,to\n1,2,3\n", "its columns are gesture, from, to, needed are class");
    refused("1,2,\"3\" x\n", "mend its quotes");
  }

  @Test
  void numberedRowsWithoutANameForTheirNumbersAreNotShifted() {
    refused("1,2,2000000,3000000\n2,11,4000000,5000000\n", "line 1 has 4 values for 3 columns");
    refused(
        "class\tstart\tend\n1\t2\t2000000\t3000000\n2\t11\t4000000\t5000000\n",
        "line 2 has 4 values for 3 columns");
    refused("class,start,end,Class\n2,2000000,3000000,3\n", "'class' more than once");
  }

  @Test
  void aFileOfTwoClassesIsOneBadLine() throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "class;file\n3;1.bs2\n3;1.bs2\n4;a/1.BS2\n");
    assertThat(LabelTable.readFileClasses(new Configuration(), place(), sink))
        .containsExactly(java.util.Map.entry("1", 2));
    assertThat(sink.badRecords)
        .containsExactly("labels.csv, line 4: a/1.BS2 is of class 3 in a line before");
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labels.csv")
        .hasMessageContaining(message);
  }

  private List<LabelledClip> read(byte[] content) throws IOException {
    Files.write(folder.resolve("labels.csv"), content);
    return LabelTable.readClips(new Configuration(), place(), "user01", sink);
  }

  private String place() {
    return folder.resolve("labels.csv").toUri().toString();
  }
}
