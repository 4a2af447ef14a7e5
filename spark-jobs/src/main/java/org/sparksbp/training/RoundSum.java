package org.sparksbp.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;

/**
 * What one worker, or some workers together, bring back from an averaging round.
 *
 * @see #merge
 */
final class RoundSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ParameterSum parameters;
  private final ArrayList<WorkerReport> reports;

  private RoundSum(ParameterSum parameters, ArrayList<WorkerReport> reports) {
    this.parameters = parameters;
    this.reports = reports;
  }

  static RoundSum of(ParameterSum parameters, WorkerReport report) {
    return new RoundSum(parameters, new ArrayList<>(List.of(report)));
  }

  /** Parameters that are averaged already, with the workers' reports. */
  static RoundSum ofAveraged(ParameterSum parameters, List<WorkerReport> reports) {
    return new RoundSum(parameters, new ArrayList<>(reports));
  }

  /** Adds up in the order of the list. */
  static RoundSum merge(List<RoundSum> parts, AveragingRule rule) {
    ArrayList<WorkerReport> reports = new ArrayList<>();
    List<ParameterSum> sums = new ArrayList<>();
    for (RoundSum part : parts) {
      reports.addAll(part.reports);
      sums.add(part.parameters);
    }
    return new RoundSum(ParameterSum.merge(sums, rule), reports);
  }

  ParameterSum parameters() {
    return parameters;
  }

  /** In the order of the workers. */
  List<WorkerReport> reports() {
    return reports;
  }
}
