package org.sparksbp.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.training.EpochReport;

/**
 * What one event file tells: hyperparameters, a text about the run, its epochs with their number as
 * the step, and its end.
 *
 * @param hyperparameters as they are written in a configuration file, by key
 * @param about shown as a table of two columns
 * @param epochs that have ended
 */
public record EventLog(
    SortedMap<String, String> hyperparameters,
    SortedMap<String, String> about,
    List<EpochReport> epochs) {

  public EventLog {
    hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
    about = Collections.unmodifiableSortedMap(new TreeMap<>(about));
    epochs = List.copyOf(epochs);
  }

  /**
   * Writes the whole file of a run that has ended.
   *
   * @param seconds of its end, since 1970; the times of the epochs are counted back from it by what
   *     they took
   */
  public void writeTo(OutputStream out, RunEnd end, double seconds) throws IOException {
    EventRecords records = new EventRecords(out);
    writeTo(records, seconds);
    records.summary(seconds, epochs.size(), Summaries.sessionEnd(end, seconds));
  }

  /** Writes all but the end. */
  void writeTo(EventRecords records, double seconds) throws IOException {
    double time = seconds - epochs.stream().mapToDouble(EventLog::seconds).sum();
    records.begin(time);
    records.summary(time, 0, Summaries.sessionStart(hyperparameters, time));
    records.summary(time, 0, Summaries.text("about", about));
    for (EpochReport epoch : epochs) {
      time += seconds(epoch);
      records.summary(time, epoch.epoch(), Summaries.of(epoch));
    }
  }

  private static double seconds(EpochReport epoch) {
    return epoch.trainingSeconds() + epoch.evaluationSeconds();
  }
}
