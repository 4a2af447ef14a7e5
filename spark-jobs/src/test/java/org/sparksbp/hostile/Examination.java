package org.sparksbp.hostile;

import com.sun.management.ThreadMXBean;
import com.typesafe.config.ConfigException;
import java.lang.management.ManagementFactory;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.hostile.FuzzTarget.Scratch;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.storage.InvalidInputException;

/**
 * How the reading of one input went.
 *
 * @param fault what is wrong with it, or nothing
 * @param thrown by it, or null
 */
record Examination(String fault, Throwable thrown) {

  /** What reading may allocate in all: buffers, and so much for each byte of the input. */
  private static final long BUFFERS = 16 << 20;

  private static final long PER_BYTE = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Examination of(FuzzTarget target, byte[] input, Scratch scratch) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = null;
    try {
      target.read(input, scratch);
    } catch (Throwable e) { // of any kind: that is what is looked for
      thrown = e;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (thrown != null && !isDocumented(target, thrown)) {
      StackTraceElement[] trace = thrown.getStackTrace();
      String at = trace.length > 0 ? " at " + ours(trace) : "";
      return new Examination(thrown.getClass().getSimpleName() + at, thrown);
    }
    boolean tooMuch = allocated > BUFFERS + PER_BYTE * input.length;
    return new Examination(tooMuch ? "allocates too much" : "", thrown);
  }

  private static String ours(StackTraceElement[] trace) {
    for (StackTraceElement step : trace) {
      if (step.getClassName().startsWith("org.sparksbp")) {
        return step.toString();
      }
    }
    return trace[0].toString();
  }

  private static boolean isDocumented(FuzzTarget target, Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof InvalidInputException
          || each instanceof InvalidModelException
          || each instanceof InvalidConfigurationException) {
        return true;
      }
    }
    return switch (target) {
      case SPIKE_TRAIN, PEER_MESSAGE -> thrown instanceof IllegalArgumentException;
      case CONFIGURATION -> thrown instanceof ConfigException;
      default -> false;
    };
  }
}
