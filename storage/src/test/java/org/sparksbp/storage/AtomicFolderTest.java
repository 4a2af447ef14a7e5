package org.sparksbp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.InterruptibleFileSystem.Killed;

class AtomicFolderTest {

  private final Configuration hadoop = InterruptibleFileSystem.configuration();

  @TempDir File folder;

  @Test
  void aFolderIsReplacedAsAWhole() throws IOException {
    write(hadoop, local("model"), "old", "weights", "thresholds");
    write(hadoop, local("model"), "new", "weights");
    assertThat(text(hadoop, local("model"), "weights")).isEqualTo("new");
    assertThat(new File(folder, "model").list()).containsExactly("weights");
    assertThat(folder.list()).containsExactly("model");
  }

  @Test
  void aFileWrittenElsewhereIsTakenIntoTheFolder() throws IOException {
    AtomicFile.write(hadoop, local("attempt"), "rows".getBytes(UTF_8));
    try (AtomicFolder data = new AtomicFolder(hadoop, local("data"))) {
      data.take(local("attempt"), "train-00000");
      assertThatThrownBy(() -> data.take(local("attempt"), "train-00000"))
          .isInstanceOf(IOException.class);
      data.commit();
    }
    assertThat(text(hadoop, local("data"), "train-00000")).isEqualTo("rows");
    assertThat(folder.list()).containsExactly("data");
  }

  @Test
  void aWriterThatFailsHalfWayLeavesNoFolder() {
    failHalfWay(local("model"));
    assertThatThrownBy(() -> AtomicFolder.open(hadoop, local("model"), "weights"))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWriterThatFailsHalfWayLeavesTheEarlierFolderAsItWas() throws IOException {
    write(hadoop, local("model"), "old", "weights", "thresholds");
    failHalfWay(local("model"));
    assertThat(text(hadoop, local("model"), "weights")).isEqualTo("old");
    assertThat(text(hadoop, local("model"), "thresholds")).isEqualTo("old");
    assertThat(folder.list()).containsExactly("model");
  }

  @Test
  void aReaderFindsTheEarlierFolderAfterAKillBetweenTheTwoRenames() throws IOException {
    killBetweenRenames();
    assertThat(text(hadoop, plain("model"), "weights")).isEqualTo("old");
    assertThat(new File(folder, "model")).isDirectory();
  }

  @Test
  void aFolderIsKnownToBeThereAfterAKillBetweenTheTwoRenames() throws IOException {
    killBetweenRenames();
    assertThat(AtomicFolder.has(hadoop, plain("model"), "thresholds")).isFalse();
    assertThat(AtomicFolder.has(hadoop, plain("model"), "weights")).isTrue();
  }

  @Test
  void theNextWriterReplacesTheEarlierFolderAfterAKillBetweenTheTwoRenames() throws IOException {
    killBetweenRenames();
    write(hadoop, plain("model"), "newest", "weights");
    assertThat(text(hadoop, plain("model"), "weights")).isEqualTo("newest");
    assertThat(folder.list()).noneMatch(name -> name.endsWith(".replaced"));
  }

  @Test
  void aFolderThatIsPutBackByAReaderInBetweenIsStillReplaced() throws IOException {
    write(hadoop, plain("model"), "old", "weights");
    InterruptibleFileSystem.beforeRename(
        number -> {
          if (number == 2) {
            assertThat(text(hadoop, plain("model"), "weights")).isEqualTo("old");
          }
        });
    write(hadoop, plain("model"), "new", "weights");
    assertThat(text(hadoop, plain("model"), "weights")).isEqualTo("new");
    assertThat(folder.list()).containsExactly("model");
  }

  @Test
  void anEarlierFolderComesBackWhenTheNewOneCannotBePutInPlace() throws IOException {
    write(hadoop, plain("model"), "old", "weights");
    InterruptibleFileSystem.beforeRename(
        number -> {
          if (number == 2) {
            throw new IOException("no connection");
          }
        });
    assertThatThrownBy(() -> write(hadoop, plain("model"), "new", "weights"))
        .hasMessage("no connection");
    assertThat(new File(folder, "model")).isDirectory();
    assertThat(text(hadoop, plain("model"), "weights")).isEqualTo("old");
    assertThat(folder.list()).containsExactly("model");
  }

  @Test
  @Tag("slow")
  void aFolderIsReplacedAsAWholeOnHdfs() throws IOException {
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      Path model = new Path(cluster.getURI() + "/run/model");
      write(hadoop, model, "old", "weights", "thresholds");
      write(hadoop, model, "new", "weights");
      FileSystem files = cluster.getFileSystem();
      assertThat(text(hadoop, model, "weights")).isEqualTo("new");
      assertThat(files.listStatus(model)).hasSize(1);
      assertThat(files.listStatus(model.getParent())).hasSize(1);
    }
  }

  private void killBetweenRenames() throws IOException {
    write(hadoop, plain("model"), "old", "weights");
    InterruptibleFileSystem.killBeforeRename(2);
    assertThatThrownBy(() -> write(hadoop, plain("model"), "new", "weights"))
        .isInstanceOf(Killed.class);
    assertThat(new File(folder, "model")).doesNotExist();
    InterruptibleFileSystem.beforeRename(number -> {});
  }

  private void failHalfWay(Path place) {
    assertThatThrownBy(
            () -> {
              try (AtomicFolder atomic = new AtomicFolder(hadoop, place)) {
                try (OutputStream out = atomic.create("weights")) {
                  out.write("new".getBytes(UTF_8));
                }
                throw new IOException("disk full");
              }
            })
        .hasMessage("disk full");
  }

  private static void write(Configuration hadoop, Path place, String text, String... names)
      throws IOException {
    try (AtomicFolder atomic = new AtomicFolder(hadoop, place)) {
      for (String name : names) {
        try (OutputStream out = atomic.create(name)) {
          out.write(text.getBytes(UTF_8));
        }
      }
      atomic.commit();
    }
  }

  private static String text(Configuration hadoop, Path place, String name) throws IOException {
    try (InputStream in = AtomicFolder.open(hadoop, place, name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Path local(String name) {
    return new Path(new Path(folder.toURI()), name);
  }

  private Path plain(String name) {
    return new Path("plain://" + folder.getAbsolutePath(), name);
  }
}
