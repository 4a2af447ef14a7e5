package org.sparksbp.table;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.JsonFile;

/**
 * The file {@code sweep.json} beside the tables. What an earlier version has not written is empty.
 *
 * @param sweep identity of the sweep
 * @param finished whether all trials have ended
 * @param data fingerprints of the data sets, between them spaces
 * @param softwareVersion of the sweep
 * @param dataSets what was trained on
 * @param commands that have worked on it; none where it was not started from the command line
 * @param configuration settings by key, rendered
 * @param changed those of them that are not the defaults of task and model
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SweepDescription(
    String sweep,
    boolean finished,
    String data,
    String softwareVersion,
    List<DataSet> dataSets,
    List<String> commands,
    SortedMap<String, String> configuration,
    SortedMap<String, String> changed) {

  /** Name of the file. */
  public static final String FILE = "sweep.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Settings that decide the samples which a trial learns, is chosen by and is tested on. */
  public static final List<String> DATA_KEYS =
      List.of(
          "task",
          "training.limit",
          "evaluation.limit",
          "data.validation",
          "data.validation-seed",
          "training.select-on");

  /**
   * Prepared data.
   *
   * @param task its name
   * @param fingerprint identity of the data
   * @param synthetic whether it is made up
   * @param encoder how samples became spikes
   * @param trainingSamples their number
   * @param testSamples their number
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record DataSet(
      String task,
      String fingerprint,
      boolean synthetic,
      String encoder,
      long trainingSamples,
      long testSamples) {

    public DataSet {
      task = orEmpty(task);
      fingerprint = orEmpty(fingerprint);
      encoder = orEmpty(encoder);
    }
  }

  public SweepDescription {
    sweep = orEmpty(sweep);
    data = orEmpty(data);
    softwareVersion = orEmpty(softwareVersion);
    dataSets = dataSets == null ? List.of() : List.copyOf(dataSets);
    commands = commands == null ? List.of() : List.copyOf(commands);
    configuration = configuration == null ? new TreeMap<>() : new TreeMap<>(configuration);
    changed = changed == null ? new TreeMap<>() : new TreeMap<>(changed);
  }

  /**
   * What lies in the folder of a sweep's tables.
   *
   * @return empty if nothing does
   * @throws org.sparksbp.storage.InvalidInputException if it was cut or changed
   */
  public static Optional<SweepDescription> find(Configuration hadoop, Path folder)
      throws IOException {
    return JsonFile.find(
        hadoop,
        new Path(folder, FILE),
        text -> JSON.readValue(text, SweepDescription.class),
        "delete it and run the sweep again, which keeps all trials that have ended");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
