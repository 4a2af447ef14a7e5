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
