package org.sparksbp.training;

import java.util.List;

/** What the reports of the epochs so far say about the run. */
final class Progress {

  private Progress() {}

  /** The epoch with the lowest error, the first of equals; 0 if there is none. */
  static int bestEpoch(List<EpochReport> reports) {
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (EpochReport report : reports) {
      if (report.error() < lowest) {
        lowest = report.error();
        best = report.epoch();
      }
    }
    return best;
  }

  /** Whether the error has not fallen enough for as many epochs as the settings bear. */
  static boolean onPlateau(List<EpochReport> reports, EarlyStopping settings) {
    if (settings.patience() == 0) {
      return false;
    }
    double lowest = Double.POSITIVE_INFINITY;
    int without = 0;
    for (EpochReport report : reports) {
      if (report.error() < lowest - settings.minDelta()) {
        lowest = report.error();
        without = 0;
      } else {
        without++;
      }
      if (without >= settings.patience()) {
        return true;
      }
    }
    return false;
  }

  /** The report of the last epoch. */
  static EpochReport last(List<EpochReport> reports) {
    return reports.get(reports.size() - 1);
  }
}
