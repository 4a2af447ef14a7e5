package org.sparksbp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashRecoveryTest {

  private final Configuration hadoop = new Configuration();

  @TempDir File folder;

  @Test
  void whatWasMovedAsideAndNotReplacedIsPutBack() throws IOException {
    assertThat(new File(folder, ".epoch-00003.replaced").mkdir()).isTrue();
    CrashRecovery.restore(hadoop, place());
    assertThat(folder.list()).containsExactly("epoch-00003");
  }

  @Test
  void whatWasMovedAsideAndReplacedIsDeleted() throws IOException {
    assertThat(new File(folder, ".epoch-00003.replaced").mkdir()).isTrue();
    assertThat(new File(folder, "epoch-00003").mkdir()).isTrue();
    CrashRecovery.restore(hadoop, place());
    assertThat(folder.list()).containsExactly("epoch-00003");
  }

  @Test
  void whatAKilledWriterBeganIsDeletedAndNothingElse() throws IOException {
    beginAndDie("run.json");
    AtomicFile.write(hadoop, new Path(place(), "run.json"), new byte[1]);
    assertThat(new File(folder, ".memories").mkdir()).isTrue();
    CrashRecovery.clean(hadoop, place(), Duration.ZERO);
    assertThat(folder.list()).containsExactlyInAnyOrder("run.json", ".memories");
  }

  @Test
  void inASharedFolderOnlyWhatIsOldIsDeleted() throws IOException {
    beginAndDie("record.json");
    CrashRecovery.clean(hadoop, place(), CrashRecovery.ABANDONED);
    File[] begun = folder.listFiles();
    assertThat(begun).hasSize(1);
    long dayAgo = System.currentTimeMillis() - CrashRecovery.ABANDONED.toMillis();
    assertThat(begun[0].setLastModified(dayAgo - 60_000)).isTrue();
    CrashRecovery.clean(hadoop, place(), CrashRecovery.ABANDONED);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereHasNothingToMend() throws IOException {
    CrashRecovery.clean(hadoop, new Path(place(), "absent"), Duration.ZERO);
    assertThat(folder).isEmptyDirectory();
  }

  private void beginAndDie(String name) throws IOException {
    AtomicFile killed = new AtomicFile(hadoop, new Path(place(), name));
    try (OutputStream out = killed.create()) {
      out.write(1);
    }
  }

  private Path place() {
    return new Path(folder.toURI());
  }
}
