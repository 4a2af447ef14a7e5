package org.sparksbp.sweep.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.table.Column;
import org.sparksbp.table.SweepDescription;
import org.sparksbp.table.SweepDescription.DataSet;
import org.sparksbp.table.TableReader;
import org.sparksbp.table.TrialKey;
import org.sparksbp.table.TrialRow;
import org.sparksbp.task.Split;
import org.sparksbp.training.RunConflictException;
import org.sparksbp.training.RunIdentity;
import org.sparksbp.training.StartMode;

/** A sweep's own folder in the results: {@code sweep.json} and the tables. */
public final class SweepFolder {

  /** More points of a search follow from those that there are. */
  private static final String POINTS = "sweep.points";

  private static final Column<TrialRow, String> TRIAL = TrialKey.TRIAL.of(TrialRow::key);

  private final Configuration hadoop;
  private final Path folder;
  private final RunIdentity identity;
  private final SortedMap<String, String> changed;
  private final List<DataSet> dataSets = new ArrayList<>();
  private final Set<String> commands = new LinkedHashSet<>();

  /**
   * A folder of the sweep's name.
   *
   * @param changed settings that are not the defaults of task and model
   */
  public SweepFolder(
      Configuration hadoop,
      Path results,
      String name,
      RunIdentity identity,
      SortedMap<String, String> changed) {
    this.hadoop = hadoop;
    this.folder = new Path(results, name);
    this.identity = identity;
    this.changed = changed;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Where the model of a trial is kept, below the results.
   *
   * @param name of the sweep
   */
  public static String modelFolder(String name, String trial) {
    return modelFolder(name) + "/" + trial;
  }

  /** Where models are kept, below the results, of a sweep's trials by their identities. */
  public static String modelFolder(String name) {
    return name + "/models";
  }

  /** Notes what the prepared data is, for readers of the file. */
  public void describe(SweepData data) throws IOException {
    Manifest manifest = ShardSet.open(hadoop, new Path(data.folder())).manifest();
    dataSets.add(
        new DataSet(
            data.task(),
            data.fingerprint(),
            manifest.synthetic(),
            manifest.settings().encoder(),
            manifest.count(Split.TRAIN),
            manifest.count(Split.TEST)));
  }

  /** Notes a command that works on the sweep, for readers of the file. */
  public void note(String command) {
    commands.add(command);
  }

  /**
   * Takes the folder for the sweep. Without {@link StartMode#RESUME} its tables may grow, but lose
   * no row.
   *
   * @param planned identities of the trials that the tables will have; empty where they follow from
   *     results
   * @throws RunConflictException if {@code mode} is not {@link StartMode#RESUME} and another sweep
   *     has not finished in it, or has finished with trials that are not planned here
   */
  public void claim(StartMode mode, Optional<Set<String>> planned) throws IOException {
    Optional<SweepDescription> earlier = SweepDescription.find(hadoop, folder);
    if (mode == StartMode.NEW && earlier.isPresent()) {
      List<String> differences = identity.differences(identity(earlier.get()));
      if (!differences.isEmpty()) {
        refuse(earlier.get(), planned, String.join("; ", differences));
      }
    }
    earlier
        .filter(found -> mode == StartMode.RESUME || isComparable(found))
        .ifPresent(found -> putBefore(found.commands()));
    CrashRecovery.clean(hadoop, folder, CrashRecovery.ABANDONED);
    write(false);
  }

  private void refuse(SweepDescription earlier, Optional<Set<String>> planned, String differences)
      throws IOException {
    if (!earlier.finished()) {
      throw new RunConflictException(
          "Cannot sweep in "
              + folder
              + ": it holds a sweep that is not finished and differs: "
              + differences
              + ". Go on with the changed settings by --resume, or give this sweep another"
              + " sweep.name");
    }
    if (isComparable(earlier) && !growsFrom(earlier, planned)) {
      throw new RunConflictException(
          "Cannot sweep in "
              + folder
              + ": its tables are of a finished sweep with trials that are not planned here: "
              + differences
              + ". Replace the tables by --resume, or give this sweep another sweep.name");
    }
  }

  /**
   * Whether trials of another sweep can be of this one, too: other data or software makes all of
   * them new ones, whatever is planned.
   */
  private boolean isComparable(SweepDescription earlier) {
    return earlier.data().equals(identity.dataFingerprint())
        && earlier.softwareVersion().equals(identity.softwareVersion());
  }

  private boolean growsFrom(SweepDescription earlier, Optional<Set<String>> planned)
      throws IOException {
    if (planned.isEmpty()) {
      SortedMap<String, String> here = new TreeMap<>(identity.configuration());
      SortedMap<String, String> there = new TreeMap<>(earlier.configuration());
      here.remove(POINTS);
      there.remove(POINTS);
      return here.equals(there);
    }
    Set<String> lost = new HashSet<>();
    try {
      new TableReader<>(hadoop, TrialRow.TABLE).read(folder, row -> lost.add(row.text(TRIAL)));
    } catch (FileNotFoundException noTables) {
      return true;
    }
    lost.removeAll(planned.get());
    return lost.isEmpty();
  }

  private static RunIdentity identity(SweepDescription description) {
    return new RunIdentity(
        description.configuration(), description.data(), description.softwareVersion());
  }

  /** The commands of a sweep that is gone on with come before this one. */
  private void putBefore(List<String> earlier) {
    List<String> now = List.copyOf(commands);
    commands.clear();
    commands.addAll(earlier);
    commands.addAll(now);
  }

  /** Notes that all trials have ended and the tables are whole. */
  public void finish() throws IOException {
    write(true);
  }

  private Path file() {
    return new Path(folder, SweepDescription.FILE);
  }

  private void write(boolean finished) throws IOException {
    SweepDescription description =
        new SweepDescription(
            identity.hash(),
            finished,
            identity.dataFingerprint(),
            identity.softwareVersion(),
            dataSets,
            List.copyOf(commands),
            identity.configuration(),
            changed);
    String text = TrialJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(description);
    AtomicFile.write(hadoop, file(), (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
