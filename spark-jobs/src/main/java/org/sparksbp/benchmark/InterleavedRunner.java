package org.sparksbp.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets benchmark cases take turns: all are warmed up, then each does one repetition after the
 * other, round after round. Only the processor time of the thread counts, so that other work on the
 * machine makes a repetition longer, not slower.
 */
final class InterleavedRunner {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Effort effort;

  InterleavedRunner(Effort effort) {
    this.effort = effort;
  }

  /** Rates of the cases, in their order. */
  List<Rates> measure(List<? extends BenchmarkCase> cases) {
    List<List<Rates.Repetition>> all = new ArrayList<>();
    for (BenchmarkCase benchmarkCase : cases) {
      repetition(benchmarkCase, effort.warmUpSeconds());
      all.add(new ArrayList<>());
    }
    for (int round = 0; round < effort.repetitions(); round++) {
      for (int i = 0; i < cases.size(); i++) {
        all.get(i).add(repetition(cases.get(i), effort.seconds()));
      }
    }
    return all.stream().map(Rates::of).toList();
  }

  /** The rates of one case. */
  Rates measure(BenchmarkCase benchmarkCase) {
    return measure(List.of(benchmarkCase)).get(0);
  }

  /** Lets a case work for that many processor seconds, or once if that takes longer. */
  private static Rates.Repetition repetition(BenchmarkCase benchmarkCase, double seconds) {
    long clockStart = System.nanoTime();
    long start = THREADS.getCurrentThreadCpuTime();
    double units = 0;
    double taken;
    do {
      units += benchmarkCase.work();
      taken = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    } while (taken < seconds);
    return new Rates.Repetition(units, taken, (System.nanoTime() - clockStart) / 1e9);
  }
}
