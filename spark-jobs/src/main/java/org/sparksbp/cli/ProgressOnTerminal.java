package org.sparksbp.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left. */
final class ProgressOnTerminal implements Progress {

  private final String unit;
  private ProgressBar bar;
  private String shown;

  ProgressOnTerminal(String unit) {
    this.unit = unit;
  }

  @Override
  public void at(String stage, long done, long total, String note) {
    if (!stage.equals(shown)) {
      close();
      bar =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setInitialMax(total > 0 ? total : -1)
              .startsFrom(done, Duration.ZERO)
              .setUnit(" " + unit, 1)
              .setUpdateIntervalMillis(250)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
      shown = stage;
    }
    bar.maxHint(total > 0 ? total : -1);
    bar.stepTo(done);
    bar.setExtraMessage(note);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      shown = null;
    }
  }
}
