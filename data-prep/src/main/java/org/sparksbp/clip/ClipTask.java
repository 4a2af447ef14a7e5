package org.sparksbp.clip;

import java.util.List;
import java.util.Optional;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.measure.Measure;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Task;
import org.sparksbp.task.TaskOption;

/**
 * A task of labelled clips of events.
 *
 * <p>{@code frames}: one sample a frame, a train of one step; {@code clips}: one sample a clip, its
 * frames the steps. The group is the clip.
 */
public abstract class ClipTask implements Task {
  private static final long serialVersionUID = 1L;

  /** What may be asked of the frames of its sensor. */
  protected abstract FrameOptions frames();

  @Override
  public List<String> encoders() {
    return List.of(FrameOptions.EVENTS);
  }

  @Override
  public List<TaskOption> options() {
    return frames().all();
  }

  /** {@inheritDoc} Neighbouring pixels are pooled in squares that must fill the sensor. */
  @Override
  public void check(PrepareSettings settings) {
    Task.super.check(settings);
    var unused = frames().grid(settings);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return frames().grid(settings).channels();
  }

  @Override
  public Measure newMeasure(List<String> outputNames) {
    return ClassificationMeasure.ofGroups(outputNames);
  }

  @Override
  public Optional<SettingChange> changeToSingleSteps(PrepareSettings settings) {
    return FrameOptions.changeToFrames(settings);
  }
}
