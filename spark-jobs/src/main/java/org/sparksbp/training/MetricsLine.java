package org.sparksbp.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.sparksbp.learner.Work;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;

/**
 * An epoch's report as a JSON object of {@code metrics.jsonl}, its keys in this order. Lines from
 * before graded products and the spiking phase were counted have no such keys; what they say is
 * unknown stays so, in sums too.
 *
 * @param run identity of the run; left out where the object is part of another one
 * @param data fingerprint of the data; left out likewise
 * @param selectedOn whose error is chosen by: {@code train}, {@code validation} or {@code test}
 * @param train measures by name
 * @param validation measures by name; empty without validation samples
 * @param test measures by name; empty without test samples
 * @param testWork what the test took; the numbers before it are of training
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricsLine(
    String run,
    String data,
    int epoch,
    String selectedOn,
    SortedMap<String, Double> train,
    SortedMap<String, Double> validation,
    SortedMap<String, Double> test,
    long spikes,
    long synapticOperations,
    long multiplyAccumulates,
    Long gradedMultiplyAccumulates,
    Long spikingPhaseMultiplyAccumulates,
    TestWork testWork,
    long trainSamples,
    double trainingSeconds,
    double evaluationSeconds,
    double samplesPerSecond) {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** What testing has taken, its keys in this order. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TestWork(
      long spikes,
      long synapticOperations,
      long multiplyAccumulates,
      Long gradedMultiplyAccumulates,
      Long spikingPhaseMultiplyAccumulates) {

    static TestWork of(Work work) {
      return new TestWork(
          work.spikes(),
          work.synapticOperations(),
          work.multiplyAccumulates(),
          written(work.gradedMultiplyAccumulates()),
          written(work.spikingPhaseMultiplyAccumulates()));
    }

    Work work() {
      return new Work(
          multiplyAccumulates,
          read(gradedMultiplyAccumulates),
          read(spikingPhaseMultiplyAccumulates),
          synapticOperations,
          spikes);
    }
  }

  /** A count as an object has it; null, which leaves its key out, where unknown. */
  static Long written(long count) {
    return count == Work.UNKNOWN ? null : count;
  }

  /** The count of a key; null where it is not there. */
  static long read(Long count) {
    return count == null ? Work.UNKNOWN : count;
  }

  /** The object of a report in a run's own file. */
  static ObjectNode of(EpochReport report, String run, String dataFingerprint) {
    return JSON.valueToTree(
        new MetricsLine(
            run,
            dataFingerprint,
            report.epoch(),
            report.selectedOn().key(),
            report.train(),
            report.validation(),
            report.test(),
            report.trainingWork().spikes(),
            report.trainingWork().synapticOperations(),
            report.trainingWork().multiplyAccumulates(),
            written(report.trainingWork().gradedMultiplyAccumulates()),
            written(report.trainingWork().spikingPhaseMultiplyAccumulates()),
            TestWork.of(report.testWork()),
            report.trainSamples(),
            report.trainingSeconds(),
            report.evaluationSeconds(),
            report.samplesPerSecond()));
  }

  /** The numbers of a report alone. */
  public static ObjectNode of(EpochReport report) {
    return of(report, null, null);
  }

  /**
   * The report of an object.
   *
   * @throws UncheckedIOException of an {@link InvalidInputException} if it is none
   */
  public static EpochReport read(JsonNode json) {
    try {
      MetricsLine line = JSON.treeToValue(json, MetricsLine.class);
      if (line == null || line.lacksSomething()) {
        throw invalid("a key is missing", null);
      }
      EpochReport report = line.report();
      if (!report.hasErrors()) {
        throw invalid("there is no error to choose by", null);
      }
      return report;
    } catch (JsonProcessingException e) {
      throw invalid(JsonFile.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage(), e);
    }
  }

  private boolean lacksSomething() {
    return selectedOn == null
        || train == null
        || validation == null
        || test == null
        || testWork == null
        || Stream.of(train, validation, test).anyMatch(named -> named.containsValue(null));
  }

  private static UncheckedIOException invalid(String reason, Exception cause) {
    return new UncheckedIOException(
        new InvalidInputException("Invalid epoch report: " + reason, cause));
  }

  private EpochReport report() {
    return new EpochReport(
        epoch,
        train,
        validation,
        test,
        Selection.ofKey(selectedOn),
        new Work(
            multiplyAccumulates,
            read(gradedMultiplyAccumulates),
            read(spikingPhaseMultiplyAccumulates),
            synapticOperations,
            spikes),
        testWork.work(),
        trainSamples,
        trainingSeconds,
        evaluationSeconds);
  }
}
