package org.sparksbp.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets contenders take turns: all are warmed up, then each does one repetition after the other,
 * round after round. Only the processor time of the thread counts, so that other work on the
 * machine makes a repetition longer, not slower.
 */
final class Alternation {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Effort effort;

  Alternation(Effort effort) {
    this.effort = effort;
  }

  /** Rates of the contenders, in their order. */
  List<Rates> measure(List<? extends Contender> contenders) {
    List<List<Repetition>> all = new ArrayList<>();
    for (Contender contender : contenders) {
      repetition(contender, effort.warmUpSeconds());
      all.add(new ArrayList<>());
    }
    for (int round = 0; round < effort.repetitions(); round++) {
      for (int i = 0; i < contenders.size(); i++) {
        all.get(i).add(repetition(contenders.get(i), effort.seconds()));
      }
    }
    return all.stream().map(Rates::of).toList();
  }

  /** The rates of one contender. */
  Rates measure(Contender contender) {
    return measure(List.of(contender)).get(0);
  }

  /** Lets a contender work for that many processor seconds, or once if that takes longer. */
  private static Repetition repetition(Contender contender, double seconds) {
    long clockStart = System.nanoTime();
    long start = THREADS.getCurrentThreadCpuTime();
    double units = 0;
    double taken;
    do {
      units += contender.work();
      taken = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    } while (taken < seconds);
    return new Repetition(units, taken, (System.nanoTime() - clockStart) / 1e9);
  }
}
