package org.sparksbp.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** A plain line at the start and the end of a stage and at most every ten seconds between. */
final class ProgressInLines implements Progress {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final String unit;
  private final InstantSource clock;
  private String shown;
  private Instant began;
  private long doneBefore;
  private Instant said;
  private boolean complete;

  ProgressInLines(PrintWriter out, String unit) {
    this(out, unit, InstantSource.system());
  }

  ProgressInLines(PrintWriter out, String unit, InstantSource clock) {
    this.out = out;
    this.unit = unit;
    this.clock = clock;
  }

  @Override
  public void at(String stage, long done, long total, String note) {
    Instant now = clock.instant();
    boolean begins = !stage.equals(shown);
    if (begins) {
      shown = stage;
      began = now;
      doneBefore = done;
      complete = false;
    }
    boolean ends = total > 0 && done >= total && !complete;
    if (begins || ends || Duration.between(said, now).compareTo(PAUSE) >= 0) {
      say(done, total, note, Duration.between(began, now));
      said = now;
      complete |= ends;
    }
  }

  private void say(long done, long total, String note, Duration taken) {
    StringBuilder line = new StringBuilder(shown).append(": ").append(done);
    if (total > 0) {
      line.append(" of ").append(total);
    }
    line.append(' ').append(unit);
    double seconds = taken.toMillis() / 1000.0;
    if (seconds >= 1) {
      // What was done before a restart took no time here.
      double rate = (done - doneBefore) / seconds;
      line.append(
          String.format(Locale.ROOT, rate < 10 ? ", %.2f %s/s" : ", %,.0f %s/s", rate, unit));
      if (total > done && rate > 0) {
        line.append(String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate));
      }
    }
    if (!note.isEmpty()) {
      line.append(", ").append(note);
    }
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
