package org.sparksbp.tensorboard;

import com.typesafe.config.Config;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.RunIdentity;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingListener.RunStart;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;

/**
 * Writes the event file of a training run as it goes. A run that goes on gets a new file that tells
 * the earlier epochs too, in place of the earlier file: nothing has to be appended to, and no epoch
 * is told twice.
 */
public final class RunEvents implements TrainingListener, AutoCloseable {

  private static final int DIGITS_OF_RUN = 16;

  /** Of the run's identity, in the name of its folder: enough to tell any two runs apart. */
  private static final int DIGITS_OF_FOLDER = 12;

  private final FileSystem files;
  private final Path below;
  private final String name;
  private final Config configuration;
  private final String dataFingerprint;
  private Path folder;
  private FSDataOutputStream out;
  private EventRecords records;

  /**
   * Prepares to write.
   *
   * @param below where the run gets a folder of its own, on any Hadoop file system
   * @param name of the run, with which its folder's name begins; the digits of its identity come
   *     behind it, as runs of one name may lie in several places
   * @param configuration of a run that turns out to be done already, told as its hyperparameters
   * @param dataFingerprint told beside them
   */
  public RunEvents(
      Configuration hadoop, Path below, String name, Config configuration, String dataFingerprint)
      throws IOException {
    this.files = RawFileSystem.of(hadoop, below);
    this.below = below;
    this.name = name;
    this.configuration = configuration;
    this.dataFingerprint = dataFingerprint;
  }

  @Override
  public void started(RunStart start) {
    begin(start.run(), start.settings().configuration(), start.earlier());
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    try {
      records.summary(now(), epoch.epoch(), Summaries.of(epoch));
      flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Ends the file; writes a whole one for a run that was done already. */
  @Override
  public void finished(TrainingOutcome outcome) {
    if (records == null) {
      begin(outcome.run(), configuration, outcome.epochs());
    }
    try {
      if (outcome.ending() != Ending.INTERRUPTED) {
        double now = now();
        int epochs = outcome.epochs().size();
        records.summary(now, epochs, Summaries.sessionEnd(RunEnd.DONE, now));
      }
      flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void begin(String run, Config decided, List<EpochReport> earlier) {
    RunIdentity identity = RunIdentity.of(decided, dataFingerprint, SoftwareVersion.current());
    SortedMap<String, String> settings = identity.configuration();
    SortedMap<String, String> about = new TreeMap<>(settings);
    about.put("data", dataFingerprint);
    about.put("run", run);
    about.put("software version", identity.softwareVersion());
    String suffix = "." + run.substring(0, Math.min(run.length(), DIGITS_OF_RUN));
    String file = String.format(Locale.ROOT, "events.out.tfevents.%010d%s", (long) now(), suffix);
    folder =
        new Path(below, name + "-" + run.substring(0, Math.min(run.length(), DIGITS_OF_FOLDER)));
    try {
      files.mkdirs(folder);
      out = files.create(new Path(folder, file), true);
      records = new EventRecords(out);
      new EventLog(settings, about, earlier).writeTo(records, now());
      flush();
      deleteEarlier(suffix, file);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void deleteEarlier(String suffix, String but) throws IOException {
    try {
      for (FileStatus file : files.listStatus(folder)) {
        String name = file.getPath().getName();
        if (name.contains("tfevents") && name.endsWith(suffix) && !name.equals(but)) {
          files.delete(file.getPath(), false);
        }
      }
    } catch (FileNotFoundException e) {
      throw new IOException("the folder has been deleted", e);
    }
  }

  /** To readers, where the file system can show them what is open; S3 cannot, and would warn. */
  private void flush() throws IOException {
    if (out.hasCapability(StreamCapabilities.HFLUSH)) {
      out.hflush();
    }
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private UncheckedIOException cannotWrite(IOException e) {
    return new UncheckedIOException(
        "Cannot write event files to " + folder + ": " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
