package org.sparksbp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderLeaseTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir java.nio.file.Path folder;

  private final Configuration hadoop = new Configuration();

  @Test
  void theSecondIsRefusedAndToldWhoIsFirst() throws IOException {
    try (FolderLease first = take("training", LONG)) {
      assertThatThrownBy(() -> take("sweeping", LONG))
          .isInstanceOf(FolderInUseException.class)
          .hasMessageContaining("Cannot write to")
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("(training)")
          .hasMessageContaining("after 600 s");
    }
    take("sweeping", LONG).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    many(() -> take("one of many", LONG));
  }

  @Test
  void ofManyAtOnceOneGetsItOnHdfs() throws Exception {
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      Path file = new Path(cluster.getURI() + "/run/lease");
      many(() -> FolderLease.take(hadoop, file, "one of many", LONG, lost -> {}));
      assertThat(cluster.getFileSystem().listStatus(new Path("/run"))).isEmpty();
    }
  }

  @Test
  void ofManyAtOnceOneAtMostGetsItOnAnObjectStoreWhichLeavesNothing() throws Exception {
    Configuration store = ObjectStoreFileSystem.configuration();
    for (int time = 0; time < 10; time++) {
      many(() -> FolderLease.take(store, stored(), "one of many", LONG, lost -> {}));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void onAnObjectStoreTheSecondIsRefusedAndTheFirstGoesOn() throws IOException {
    Configuration store = ObjectStoreFileSystem.configuration();
    try (FolderLease first = FolderLease.take(store, stored(), "training", LONG, lost -> {})) {
      assertThatThrownBy(() -> FolderLease.take(store, stored(), "other", LONG, lost -> {}))
          .isInstanceOf(FolderInUseException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("(training)");
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** Silence is told by the store's dates, so that the clocks of the machines need not agree. */
  @Test
  @Timeout(30)
  void onAnObjectStoreASilentHolderIsPassedOverAndLosesItWhenItIsBack() throws Exception {
    Configuration store = ObjectStoreFileSystem.configuration();
    Instant wrong = Instant.now().plusSeconds(7200);
    LeaseHolder elsewhere = new LeaseHolder("0", "elsewhere", 1, "", "training", wrong, wrong);
    Files.createDirectories(folder.resolve("lease"));
    java.nio.file.Path other = folder.resolve("lease/0");
    Files.writeString(other, elsewhere.text() + "state=holds\n");
    assertThatThrownBy(() -> FolderLease.take(store, stored(), "again", LONG, lost -> {}))
        .isInstanceOf(FolderInUseException.class)
        .hasMessageContaining("process 1 on elsewhere");

    Files.setLastModifiedTime(
        other, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(700)));
    FolderLease second = FolderLease.take(store, stored(), "again", LONG, lost -> {});

    LeaseAnnouncements late = new LeaseAnnouncements(stored().getFileSystem(store), stored(), LONG);
    assertThat(late.renew(elsewhere, Duration.ofMinutes(12)).orElseThrow()).contains("again");
    Files.writeString(other, elsewhere.text() + "state=holds\n"); // had just looked, and went on
    assertThat(late.renew(elsewhere, Duration.ofMinutes(12)).orElseThrow()).contains("again");
    late.release(elsewhere);
    second.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Timeout(30)
  void onAnObjectStoreItIsRenewedAndWhoLosesItIsTold() throws Exception {
    Configuration store = ObjectStoreFileSystem.configuration();
    LinkedBlockingQueue<String> lost = new LinkedBlockingQueue<>();
    Duration stale = Duration.ofMillis(400);
    FolderLease lease = FolderLease.take(store, stored(), "training", stale, lost::add);
    java.nio.file.Path own = Files.list(folder.resolve("lease")).findFirst().orElseThrow();
    Instant first = renewed(own);
    while (!renewed(own).isAfter(first)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }

    LeaseHolder other = new LeaseHolder("x", "elsewhere", 7, "", "other", first, first);
    Files.writeString(folder.resolve("lease/x"), other.text() + "state=holds\n");

    assertThat(lost.take()).contains("Cannot go on writing to").contains("elsewhere");
    lease.close();
    assertThat(folder.resolve("lease")).isDirectoryContaining(file -> file.endsWith("x"));
    assertThat(own).doesNotExist();
  }

  private static Instant renewed(java.nio.file.Path file) throws IOException {
    return LeaseHolder.of(Files.readString(file)).orElseThrow().renewed();
  }

  private Path stored() {
    return new Path("store://" + folder.resolve("lease"));
  }

  private static void many(Callable<FolderLease> taking) throws Exception {
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<FolderLease>> all = new ArrayList<>();
    for (Callable<FolderLease> each : Collections.nCopies(count, taking)) {
      all.add(
          threads.submit(
              () -> {
                start.await();
                return each.call();
              }));
    }
    start.countDown();
    List<FolderLease> taken = new ArrayList<>();
    for (Future<FolderLease> one : all) {
      try {
        taken.add(one.get());
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(FolderInUseException.class);
      }
    }
    threads.shutdown();
    assertThat(taken).hasSize(1);
    taken.get(0).close();
  }

  @Test
  void aProcessOfThisMachineThatIsDeadIsPassedOverAtOnce() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    LeaseHolder here = LeaseHolder.here("training");
    write(
        new LeaseHolder(
            "x", here.host(), dead.pid(), here.pids(), "killed", here.since(), Instant.now()));

    take("again", LONG).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLaterProcessWithTheNumberOfTheHolderIsNotTheHolder() throws IOException {
    LeaseHolder now = LeaseHolder.here("before the machine was started again");
    Instant before = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(5);
    write(new LeaseHolder("other", now.host(), now.pid(), now.pids(), "killed", before, before));

    take("going on", LONG).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aContainerWithTheNameOfThisMachineCountsItsProcessesOnItsOwn() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    LeaseHolder here = LeaseHolder.here("training");
    Instant now = Instant.now();
    write(new LeaseHolder("x", here.host(), dead.pid(), "pid:[7]", "in a container", now, now));

    assertThatThrownBy(() -> take("again", LONG)).isInstanceOf(FolderInUseException.class);
  }

  @Test
  void aProcessOfAnotherMachineIsPassedOverWhenItHasNotRenewed() throws IOException {
    Instant before = Instant.now().minusSeconds(60);
    write(new LeaseHolder("x", "elsewhere", 1, "", "training", before, before));

    assertThatThrownBy(() -> take("again", Duration.ofSeconds(90)))
        .isInstanceOf(FolderInUseException.class)
        .hasMessageContaining("process 1 on elsewhere");
    take("again", Duration.ofSeconds(30)).close();
  }

  @Test
  void aFileThatIsJustBeingWrittenCountsByItsDate() throws IOException {
    java.nio.file.Path file = Files.createFile(folder.resolve("lease"));
    assertThatThrownBy(() -> take("again", LONG)).isInstanceOf(FolderInUseException.class);
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(3600)));

    take("again", LONG).close();
  }

  @Test
  @Timeout(30)
  void itIsRenewedAndWhoLosesItIsTold() throws Exception {
    LinkedBlockingQueue<String> lost = new LinkedBlockingQueue<>();
    Duration stale = Duration.ofMillis(400);
    FolderLease lease = FolderLease.take(hadoop, file(), "training", stale, lost::add);
    Instant first = holder().renewed();
    while (!holder().renewed().isAfter(first)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }

    write(new LeaseHolder("x", "elsewhere", 7, "", "other", first, Instant.now().plusSeconds(60)));

    assertThat(lost.take())
        .contains("Cannot go on writing to")
        .contains(folder.toString())
        .contains("elsewhere");
    lease.close();
    assertThat(holder().host()).as("what is another's stays").isEqualTo("elsewhere");
  }

  private LeaseHolder holder() throws IOException {
    LeaseHolder found = null;
    while (found == null) { // it may be just being written
      found = LeaseHolder.of(Files.readString(folder.resolve("lease"))).orElse(null);
    }
    return found;
  }

  private void write(LeaseHolder holder) throws IOException {
    Files.writeString(folder.resolve("lease"), holder.text());
  }

  private Path file() {
    return new Path(folder.resolve("lease").toUri());
  }

  private FolderLease take(String purpose, Duration stale) throws IOException {
    return FolderLease.take(hadoop, file(), purpose, stale, lost -> {});
  }
}
