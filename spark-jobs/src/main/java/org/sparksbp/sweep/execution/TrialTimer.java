package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparksbp.sweep.results.TrialRecord.Times;

/** Measures what a trial takes, from the making of the timer on. */
final class TrialTimer {

  private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

  private final long startNanos = System.nanoTime();
  private final long startCpuNanos = cpuNanos();
  private long leftOutNanos;
  private long leftOutCpuNanos;

  /** What a trial's thread does beside the trial. */
  @FunctionalInterface
  interface Aside {
    void run() throws IOException;
  }

  /** Runs what is no part of what the trial takes. */
  void leaveOut(Aside aside) throws IOException {
    long nanos = System.nanoTime();
    long cpuNanos = cpuNanos();
    aside.run();
    leftOutNanos += System.nanoTime() - nanos;
    leftOutCpuNanos += cpuNanos() - cpuNanos;
  }

  /** Of a trial that this thread alone trains. */
  Times ofThread() {
    return new Times(
        wallSeconds(), (cpuNanos() - startCpuNanos - leftOutCpuNanos) / 1e9, peakMemoryBytes());
  }

  /** Of a trial that many threads train. */
  Times ofManyThreads() {
    return new Times(wallSeconds(), 0, peakMemoryBytes());
  }

  private double wallSeconds() {
    return (System.nanoTime() - startNanos - leftOutNanos) / 1e9;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Bytes resident at most, where the system tells; else bytes of the heap at most. */
  private static long peakMemoryBytes() {
    try {
      for (String line : Files.readAllLines(PROCESS_STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return peakHeapBytes();
    }
    return peakHeapBytes();
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
