package org.sparksbp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.InterruptibleFileSystem.Killed;

/** Files and folders where files are put as a whole and folders cannot be moved. */
class ObjectStoreTest {

  private final Configuration hadoop = ObjectStoreFileSystem.configuration();

  @TempDir File folder;

  @Test
  void aFileIsPutInPlaceWithoutATemporaryName() throws IOException {
    AtomicFile.write(hadoop, at("file"), "old".getBytes(UTF_8));
    ObjectStoreFileSystem.killBeforeChange(2); // one change is enough
    AtomicFile.write(hadoop, at("file"), "new".getBytes(UTF_8));
    assertThat(AtomicFile.read(hadoop, at("file"))).contains("new".getBytes(UTF_8));
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void aWriterThatFailsHalfWayLeavesTheEarlierFileAsItWas() throws IOException {
    AtomicFile.write(hadoop, at("file"), "old".getBytes(UTF_8));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    hadoop,
                    at("file"),
                    out -> {
                      out.write("hal".getBytes(UTF_8));
                      throw new IOException("network down");
                    }))
        .hasMessage("network down");
    assertThat(AtomicFile.read(hadoop, at("file"))).contains("old".getBytes(UTF_8));
    assertThat(folder.list()).containsExactly("file");
  }

  @Test
  void anAttemptThatComesSecondLeavesTheFirstOnesFile() throws IOException {
    for (String attempt : List.of("first", "second")) {
      try (AtomicFile file = new AtomicFile(hadoop, at("file"))) {
        try (OutputStream out = file.create()) {
          out.write(attempt.getBytes(UTF_8));
        }
        file.commitUnlessThere();
      }
    }
    assertThat(AtomicFile.read(hadoop, at("file"))).contains("first".getBytes(UTF_8));
  }

  @Test
  void linesAreAppendedByPuttingTheWholeFile() throws IOException {
    LineFile lines = new LineFile(hadoop, at("lines"));
    lines.replace(List.of("one"));
    lines.append("two");
    lines.append("three");
    assertThat(new LineFile(hadoop, at("lines")).read()).containsExactly("one", "two", "three");
  }

  /** Killed before its first, second, ... change: the folder's last file tells that it is whole. */
  @Test
  void aNewFolderThatAKillLeftHasNotItsLastFile() throws IOException {
    for (int kill = 1; kill <= 3; kill++) {
      Path model = at("model" + kill);
      ObjectStoreFileSystem.killBeforeChange(kill);
      assertThatThrownBy(() -> write(model, "new", "weights", "biases", "model.json"))
          .isInstanceOf(Killed.class);
      ObjectStoreFileSystem.killBeforeChange(Integer.MAX_VALUE);
      assertThat(AtomicFolder.has(hadoop, model, "model.json")).as("kill " + kill).isFalse();
      write(model, "again", "weights", "model.json");
      assertThat(read(model, "weights", "model.json")).containsOnly("again");
    }
  }

  /** At whichever change it is killed, readers find all of the old or all of the new, and so on. */
  @Test
  void aKillAtAnyMomentOfAReplacementLeavesTheOldOrTheNewFolder() throws IOException {
    List<String> found = new ArrayList<>();
    boolean killed = true;
    for (int kill = 1; killed; kill++) {
      Path model = at("model" + kill);
      write(model, "old", "weights", "old only", "model.json");
      ObjectStoreFileSystem.killBeforeChange(kill);
      killed = isKilled(() -> write(model, "new", "weights", "new only", "model.json"));
      ObjectStoreFileSystem.killBeforeChange(Integer.MAX_VALUE);

      List<String> contents = read(model, "weights", "model.json");
      assertThat(contents).as("kill " + kill).containsAnyOf("old", "new").hasSize(2);
      String content = contents.get(0);
      assertThat(contents).as("kill " + kill).containsOnly(content);
      assertThat(AtomicFolder.has(hadoop, model, content + " only")).isTrue();
      found.add(content);

      CrashRecovery.clean(hadoop, at(""), Duration.ZERO);
      assertThat(read(model, "weights", "model.json")).containsOnly(content);
      assertThat(new File(folder, model.getName()).list())
          .containsExactlyInAnyOrder("weights", content + " only", "model.json");
      assertThat(folder.list()).allMatch(name -> name.startsWith("model"));
      write(model, "third", "weights", "model.json");
      assertThat(read(model, "weights", "model.json")).containsOnly("third");
    }
    assertThat(found)
        .startsWith("old")
        .endsWith("new")
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static boolean isKilled(Writing writing) throws IOException {
    try {
      writing.run();
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private void write(Path place, String content, String... names) throws IOException {
    try (AtomicFolder atomic = new AtomicFolder(hadoop, place)) {
      for (String name : names) {
        atomic.write(name, out -> out.write(content.getBytes(UTF_8)));
      }
      atomic.commit();
    }
  }

  private List<String> read(Path place, String... names) throws IOException {
    List<String> contents = new ArrayList<>();
    for (String name : names) {
      try (InputStream in = AtomicFolder.open(hadoop, place, name)) {
        contents.add(new String(in.readAllBytes(), UTF_8));
      }
    }
    return contents;
  }

  private Path at(String name) {
    return new Path("store://" + folder.getAbsolutePath() + "/" + name);
  }
}
