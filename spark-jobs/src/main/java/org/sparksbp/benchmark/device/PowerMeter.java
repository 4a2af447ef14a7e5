package org.sparksbp.benchmark.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a card takes of power, in watts, through {@code nvidia-smi} where that is. The average
 * of a measurement leaves its first part out, in which the card's own reading lags behind.
 */
final class PowerMeter implements AutoCloseable {

  private static final String MILLISECONDS = "50";
  private static final double LAG_SECONDS = 0.1;
  private static final int FEWEST = 3;

  private final Process program;
  private final List<Reading> readings = new ArrayList<>();

  private record Reading(long nanos, double watts) {}

  /**
   * Starts reading.
   *
   * @param address of the card: its number or UUID; empty for the first
   */
  PowerMeter(String address) {
    program = start(address.isEmpty() ? "0" : address);
    if (program != null) {
      Thread reader = new Thread(this::read, "power-meter");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /** The field that tells the present power; older drivers know the average alone. */
  private static Process start(String card) {
    for (String field : List.of("power.draw.instant", "power.draw")) {
      try {
        Process once = query(card, field);
        String answer =
            new String(once.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (once.waitFor(10, TimeUnit.SECONDS) && !Double.isNaN(number(answer))) {
          return query(card, field, "-lms", MILLISECONDS);
        }
      } catch (IOException e) {
        return null; // there is no such program
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private static Process query(String card, String field, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "nvidia-smi", "-i", card, "--query-gpu=" + field, "--format=csv,noheader,nounits"));
    words.addAll(List.of(more));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void read() {
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        double watts = number(line.strip());
        if (!Double.isNaN(watts)) {
          synchronized (readings) {
            readings.add(new Reading(System.nanoTime(), watts));
          }
        }
      }
    } catch (IOException e) {
      // the program has ended: there are no further readings
    }
  }

  /** Average power since a time of {@link System#nanoTime}; empty where too little was read. */
  OptionalDouble wattsSince(long start) {
    long from = start + (long) (LAG_SECONDS * 1e9);
    synchronized (readings) {
      double[] watts =
          readings.stream()
              .filter(reading -> reading.nanos - from > 0)
              .mapToDouble(Reading::watts)
              .toArray();
      readings.clear();
      return watts.length < FEWEST ? OptionalDouble.empty() : Arrays.stream(watts).average();
    }
  }

  @Override
  public void close() {
    if (program != null) {
      program.destroy();
    }
  }
}
