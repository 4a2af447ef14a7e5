package org.sparksbp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.InterruptibleFileSystem.Killed;

class AtomicFileTest {

  private final Configuration hadoop = InterruptibleFileSystem.configuration();

  @TempDir File folder;

  @Test
  void aWriterThatFailsHalfWayLeavesNoNewFile() throws IOException {
    failHalfWay(local("new"));
    assertThat(AtomicFile.read(hadoop, local("new"))).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWriterThatFailsHalfWayLeavesTheEarlierFileAsItWas() throws IOException {
    AtomicFile.write(hadoop, local("file"), "old".getBytes(UTF_8));
    failHalfWay(local("file"));
    assertThat(text(local("file"))).isEqualTo("old");
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void theLastOfTwoWritersToCommitWinsAndBothWriteWholeFiles() throws IOException {
    try (AtomicFile first = new AtomicFile(hadoop, local("file"));
        AtomicFile second = new AtomicFile(hadoop, local("file"))) {
      try (OutputStream one = first.create();
          OutputStream two = second.create()) {
        one.write("first ".getBytes(UTF_8));
        two.write("second ".getBytes(UTF_8));
        one.write("writer".getBytes(UTF_8));
        two.write("writer".getBytes(UTF_8));
      }
      second.commit();
      assertThat(text(local("file"))).isEqualTo("second writer");
      first.commit();
    }
    assertThat(text(local("file"))).isEqualTo("first writer");
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void aReaderOfALocalFileNeverMissesItWhileTwoWritersReplaceIt() throws Exception {
    neverMissing(hadoop, local("file"), 200);
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  @Tag("slow")
  void aReaderOnHdfsNeverMissesAFileWhileTwoWritersReplaceIt() throws Exception {
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      Path file = new Path(cluster.getURI() + "/folder/file");
      neverMissing(hadoop, file, 20);
      assertThat(cluster.getFileSystem().listStatus(file.getParent())).hasSize(1);
    }
  }

  @Test
  void anAttemptThatComesSecondLeavesTheFirstOnesFile() throws IOException {
    for (String attempt : List.of("first", "second")) {
      try (AtomicFile file = new AtomicFile(hadoop, local("file"))) {
        try (OutputStream out = file.create()) {
          out.write(attempt.getBytes(UTF_8));
        }
        file.commitUnlessThere();
      }
    }
    assertThat(text(local("file"))).isEqualTo("first");
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void noChecksumOfAnEarlierFileCondemnsTheNewOne() throws IOException {
    Path file = local("file");
    FileSystem checksummed = file.getFileSystem(hadoop);
    try (OutputStream out = checksummed.create(file)) {
      out.write("with a checksum".getBytes(UTF_8));
    }
    assertThat(folder.list()).contains(".file.crc");
    AtomicFile.write(hadoop, file, "without".getBytes(UTF_8));
    assertThat(folder.list()).containsExactly("file");
    try (var in = checksummed.open(file)) {
      assertThat(in.readAllBytes()).isEqualTo("without".getBytes(UTF_8));
    }
  }

  @Test
  void aFileWrittenElsewhereIsPutInPlace() throws IOException {
    AtomicFile.write(hadoop, local("file"), "old".getBytes(UTF_8));
    AtomicFile.write(hadoop, local("part"), "new".getBytes(UTF_8));
    AtomicFile.put(hadoop, local("part"), local("file"));
    assertThat(text(local("file"))).isEqualTo("new");
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void aFileIsReplacedWhereRenamingCannotOverwrite() throws IOException {
    AtomicFile.write(hadoop, plain("file"), "old".getBytes(UTF_8));
    AtomicFile.write(hadoop, plain("file"), "new".getBytes(UTF_8));
    assertThat(text(plain("file"))).isEqualTo("new");
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void aKillBetweenTheTwoRenamesOfAReplacementLeavesTheEarlierFile() throws IOException {
    AtomicFile.write(hadoop, plain("file"), "old".getBytes(UTF_8));
    InterruptibleFileSystem.killBeforeRename(2);
    assertThatThrownBy(() -> AtomicFile.write(hadoop, plain("file"), "new".getBytes(UTF_8)))
        .isInstanceOf(Killed.class);
    assertThat(new File(folder, "file")).doesNotExist();
    InterruptibleFileSystem.beforeRename(number -> {});
    assertThat(text(plain("file"))).isEqualTo("old");
    assertThat(folder.list()).containsExactly("file");
  }

  private void failHalfWay(Path file) {
    assertThatThrownBy(
            () -> {
              try (AtomicFile atomic = new AtomicFile(hadoop, file);
                  OutputStream out = atomic.create()) {
                out.write("hal".getBytes(UTF_8));
                out.flush();
                throw new IOException("disk full");
              }
            })
        .hasMessage("disk full");
  }

  private static void neverMissing(Configuration hadoop, Path file, int times) throws Exception {
    List<String> whole = List.of("a".repeat(5000), "b".repeat(9000));
    AtomicFile.write(hadoop, file, whole.get(0).getBytes(UTF_8));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Void>> writers = new ArrayList<>();
    for (String text : whole) {
      Callable<Void> writer =
          () -> {
            for (int i = 0; i < times; i++) {
              AtomicFile.write(hadoop, file, text.getBytes(UTF_8));
            }
            return null;
          };
      writers.add(threads.submit(writer));
    }
    while (!writers.stream().allMatch(Future::isDone)) {
      assertThat(file.getFileSystem(hadoop).exists(file)).isTrue();
    }
    for (Future<Void> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    byte[] last = AtomicFile.read(hadoop, file).orElseThrow();
    assertThat(whole).contains(new String(last, UTF_8));
  }

  private String text(Path file) throws IOException {
    return new String(AtomicFile.read(hadoop, file).orElseThrow(), UTF_8);
  }

  private Path local(String name) {
    return new Path(new Path(folder.toURI()), name);
  }

  private Path plain(String name) {
    return new Path("plain://" + folder.getAbsolutePath(), name);
  }
}
