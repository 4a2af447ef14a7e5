package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sparksbp.spike.SpikeTrain;

/**
 * The spikes of one layer during the presentation of a sample, by step for the forward pass and by
 * channel, that is neuron, for the gradient. An input train of one step is held once, though it is
 * presented in every step.
 */
final class SpikeIndex {

  private final int channels;
  private int trainSteps;
  private int count;
  private int[] steps = new int[256];
  private int[] channelsByStep = new int[256];
  private int[] stepsByChannel = new int[256];
  private int[] stepStarts = new int[1];
  private final int[] channelStarts;
  private final float[] rates;

  SpikeIndex(int channels) {
    this.channels = channels;
    this.channelStarts = new int[channels + 1];
    this.rates = new float[channels];
  }

  /** Takes a train as it is. */
  void take(SpikeTrain train) {
    start(train.steps());
    train.forEach(this::add);
    index();
  }

  /** Takes what a hidden layer fired. */
  void take(LayerTrace trace) {
    start(trace.steps());
    float[] spikes = trace.spikes();
    int at = 0;
    for (int step = 0; step < trace.steps(); step++) {
      for (int neuron = 0; neuron < channels; neuron++) {
        if (spikes[at++] != 0f) {
          add(step, neuron);
        }
      }
    }
    index();
  }

  /** Draws spikes, each channel's with its rate in the train as the probability in each step. */
  void draw(SpikeTrain train, int drawnSteps, RandomGenerator random) {
    start(drawnSteps);
    train.rates(rates, 0);
    int active = 0;
    for (int channel = 0; channel < channels; channel++) {
      if (rates[channel] > 0f) {
        channelStarts[active++] = channel;
      }
    }
    for (int step = 0; step < drawnSteps; step++) {
      for (int i = 0; i < active; i++) {
        if (random.nextFloat() < rates[channelStarts[i]]) {
          add(step, channelStarts[i]);
        }
      }
    }
    index();
  }

  private void start(int newSteps) {
    trainSteps = newSteps;
    count = 0;
    if (stepStarts.length < newSteps + 1) {
      stepStarts = new int[newSteps + 1];
    }
  }

  private void add(int step, int channel) {
    if (count == steps.length) {
      steps = Arrays.copyOf(steps, 2 * count);
      channelsByStep = Arrays.copyOf(channelsByStep, 2 * count);
      stepsByChannel = Arrays.copyOf(stepsByChannel, 2 * count);
    }
    steps[count] = step;
    channelsByStep[count++] = channel;
  }

  /** Sorts by counting: the events come by step, then channel. */
  private void index() {
    Arrays.fill(stepStarts, 0, trainSteps + 1, 0);
    Arrays.fill(channelStarts, 0);
    for (int i = 0; i < count; i++) {
      stepStarts[steps[i] + 1]++;
      channelStarts[channelsByStep[i]]++;
    }
    for (int step = 0; step < trainSteps; step++) {
      stepStarts[step + 1] += stepStarts[step];
    }
    for (int channel = 0; channel < channels; channel++) {
      channelStarts[channel + 1] += channelStarts[channel];
    }
    for (int i = count - 1; i >= 0; i--) {
      stepsByChannel[--channelStarts[channelsByStep[i]]] = steps[i];
    }
  }

  /** Steps held: as many as are presented, or 1 for a train that is repeated in every step. */
  int trainSteps() {
    return trainSteps;
  }

  /** Number of events held. */
  int count() {
    return count;
  }

  /** Channels of the events, by step; those of a step lie from {@link #stepStart}. */
  int[] channelsByStep() {
    return channelsByStep;
  }

  int stepStart(int step) {
    return stepStarts[step];
  }

  int stepEnd(int step) {
    return stepStarts[step + 1];
  }

  /** Steps of the events, by channel, ascending; those of a channel from {@link #channelStart}. */
  int[] stepsByChannel() {
    return stepsByChannel;
  }

  int channelStart(int channel) {
    return channelStarts[channel];
  }

  int channelEnd(int channel) {
    return channelStarts[channel + 1];
  }
}
