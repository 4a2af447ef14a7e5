package org.sparksbp.scale;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What an epoch took.
 *
 * @param setting what it was trained on
 * @param rounds of the epoch
 * @param seconds of the epoch, launching its Spark jobs included
 */
record Measurement(Setting setting, int rounds, double seconds) {

  /**
   * Spark jobs of the epoch: rounds that are jobs, or jobs of as many rounds as they should have.
   *
   * @param launching seconds that a job costs beside its rounds
   */
  double jobs(double launching) {
    return setting.transport() == Setting.Transport.SPARK_JOBS
        ? rounds
        : Math.max(1, Math.ceil(seconds / Setting.secondsOfJob(launching)));
  }

  /**
   * Reads {@code measurements.csv}.
   *
   * @throws IOException if it cannot be read, or lacks a column
   */
  static List<Measurement> read(Path table) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build();
    List<Measurement> all = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(table);
        CSVParser lines = format.parse(text)) {
      for (CSVRecord line : lines) {
        all.add(of(line));
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("Invalid table " + table + ": " + e.getMessage(), e);
    }
    return all;
  }

  private static Measurement of(CSVRecord line) {
    int workers = Integer.parseInt(line.get("workers"));
    int executors = Integer.parseInt(line.get("executors"));
    double link = Double.parseDouble(line.get("link_mbit"));
    Setting setting =
        new Setting(
            line.get("transport").equals("spark-jobs")
                ? Setting.Transport.SPARK_JOBS
                : Setting.Transport.DIRECT,
            workers,
            Math.max(1, (double) workers / Integer.parseInt(line.get("cores"))),
            executors,
            link * 1e6 / 8,
            Integer.parseInt(line.get("batches")));
    return new Measurement(
        setting,
        Integer.parseInt(line.get("rounds")),
        Double.parseDouble(line.get("epoch_seconds")));
  }
}
