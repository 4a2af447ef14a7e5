package org.sparksbp.training;

import com.typesafe.config.Config;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * Softmax regression by gradient descent. With {@code softmax.memory} every sample's gradient is
 * mixed with its own earlier one, which stays on the worker; with {@code softmax.failing} the first
 * attempt at a task throws after having learned; from {@code softmax.diverge-in-epoch} on, in every
 * epoch from {@code softmax.diverge-from-batch} on, its outputs are NaN; a batch takes {@code
 * softmax.pause} milliseconds more.
 */
final class SoftmaxLearner implements Learner {

  private final NetworkShape shape;
  private final ParameterLayout layout;
  private final float rate;
  private final Config configuration;
  private float[] parameters;
  private Map<String, float[]> memory = new HashMap<>();

  SoftmaxLearner(Config configuration, NetworkShape shape) {
    this.shape = shape;
    this.configuration = configuration;
    this.rate = (float) configuration.getDouble("softmax.rate");
    this.layout =
        new ParameterLayout.Builder()
            .add("weights-0", ParameterLayout.Role.WEIGHT, shape.channels(), shape.outputs())
            .add("biases-1", ParameterLayout.Role.BIAS, shape.outputs())
            .build();
    this.parameters = new float[layout.size()];
    RandomStream random = RandomStream.of(configuration.getLong("seed"), "initial-weights");
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.1f * (float) random.nextGaussian();
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] parameters() {
    return parameters.clone();
  }

  @Override
  public void setParameters(float[] values) {
    parameters = values.clone();
  }

  @Override
  public WorkerMemory memory() {
    return new WorkerMemory(Map.copyOf(memory));
  }

  @Override
  public void setMemory(WorkerMemory given) {
    memory = new HashMap<>(given.entries());
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    Inference inference = infer(batch);
    float noise = 0.01f * position.random("noise").nextFloat();
    float[] step = new float[parameters.length];
    float[] rates = batch.rates();
    for (int row = 0; row < batch.size(); row++) {
      float[] error = error(batch.samples().get(row), inference.outputs(), row, noise);
      for (int k = 0; k < error.length; k++) {
        for (int c = 0; c < shape.channels(); c++) {
          step[c * shape.outputs() + k] += rates[row * shape.channels() + c] * error[k];
        }
        step[shape.channels() * shape.outputs() + k] += error[k];
      }
    }
    for (int i = 0; i < step.length; i++) {
      parameters[i] += rate / batch.size() * step[i];
    }
    failOnFirstAttempt();
    pause();
    if (position.epoch() >= configuration.getInt("softmax.diverge-in-epoch")
        && position.batch() >= configuration.getInt("softmax.diverge-from-batch")) {
      inference.outputs()[0] = Float.NaN;
    }
    return inference;
  }

  private float[] error(Sample sample, float[] outputs, int row, float noise) {
    float[] error = new float[shape.outputs()];
    float[] earlier = memory.getOrDefault(sample.id(), error);
    for (int k = 0; k < error.length; k++) {
      float now = sample.target()[k] - outputs[row * shape.outputs() + k] + noise;
      error[k] = now + 0.5f * earlier[k];
    }
    if (configuration.getBoolean("softmax.memory")) {
      memory.put(sample.id(), error);
    }
    return error;
  }

  private void pause() {
    try {
      Thread.sleep(configuration.getInt("softmax.pause"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void failOnFirstAttempt() {
    TaskContext task = TaskContext.get();
    if (configuration.getBoolean("softmax.failing")
        && task != null
        && task.attemptNumber() == 0
        && task.partitionId() % 2 == 0) {
      throw new IllegalStateException("failure on purpose");
    }
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    float[] rates = batch.rates();
    int outputs = shape.outputs();
    float[] answer = new float[batch.size() * outputs];
    for (int row = 0; row < batch.size(); row++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        float value = parameters[shape.channels() * outputs + k];
        for (int c = 0; c < shape.channels(); c++) {
          value += rates[row * shape.channels() + c] * parameters[c * outputs + k];
        }
        answer[row * outputs + k] = (float) Math.exp(value);
        sum += answer[row * outputs + k];
      }
      for (int k = 0; k < outputs; k++) {
        answer[row * outputs + k] /= (float) sum;
      }
    }
    return new Inference(
        answer, Work.spiking((long) batch.size() * parameters.length, batch.size(), 1));
  }

  @Override
  public double complexityPerEpoch() {
    return parameters.length;
  }
}
