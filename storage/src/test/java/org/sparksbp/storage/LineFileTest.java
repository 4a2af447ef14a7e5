package org.sparksbp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {

  @TempDir File folder;

  @Test
  void linesAreAppendedOnALocalDisk() throws IOException {
    Configuration hadoop = new Configuration();
    Path file = new Path(folder.toURI().toString(), "lines");
    growAndReplace(hadoop, file);
    Files.writeString(
        folder.toPath().resolve("lines"), "unfin", java.nio.file.StandardOpenOption.APPEND);
    assertThat(new LineFile(hadoop, file).read()).containsExactly("one", "two", "three");
    assertThat(folder.list()).containsExactly("lines");
  }

  @Test
  void aFileThatCannotBeAppendedToIsWrittenAnew() throws IOException {
    Configuration hadoop = new Configuration();
    Path file = new Path(folder.toURI().toString(), "lines");
    LineFile lines = new LineFile(hadoop, file);
    lines.replace(List.of("one"));
    Files.delete(folder.toPath().resolve("lines"));
    lines.append("two");
    assertThat(new LineFile(hadoop, file).read()).containsExactly("one", "two");
  }

  @Test
  @Tag("slow")
  void linesAreAppendedOnHdfs() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      growAndReplace(hadoop, new Path(cluster.getURI() + "/lines"));
    }
  }

  private static void growAndReplace(Configuration hadoop, Path file) throws IOException {
    assertThat(new LineFile(hadoop, file).read()).isEmpty();
    LineFile lines = new LineFile(hadoop, file);
    lines.replace(List.of("wrong"));
    lines.replace(List.of("one"));
    lines.append("two");
    assertThat(new LineFile(hadoop, file).read()).containsExactly("one", "two");
    lines.append("three");
    assertThat(new LineFile(hadoop, file).read()).containsExactly("one", "two", "three");
  }
}
