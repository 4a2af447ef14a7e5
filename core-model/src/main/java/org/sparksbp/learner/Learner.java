package org.sparksbp.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.spike.SpikeBatch;

/**
 * A network that can learn.
 *
 * <p>All that a learner's next update depends on is its {@link #parameters()}, its {@link
 * #memory()}, the batch and the batch's position: two learners of one type that agree in these
 * compute the same bits. A learner is used by one thread at a time and may keep scratch arrays
 * between calls, never results.
 */
public interface Learner extends AutoCloseable {

  /** Names, shapes and roles of the pieces of the flat vector, in its order. */
  ParameterLayout layout();

  /**
   * A copy of everything that is averaged between workers: weights, biases, and the optimiser's
   * moments where the model has any.
   *
   * @return {@code [layout().size()]}
   */
  float[] parameters();

  /**
   * Writes the {@link #parameters()} where the caller has room: a round of averaging is shorter
   * than a new array of a model's size is worth.
   *
   * @param flat {@code [layout().size()]}
   */
  default void copyParametersTo(float[] flat) {
    float[] parameters = parameters();
    System.arraycopy(parameters, 0, flat, 0, parameters.length);
  }

  /**
   * Takes parameters over.
   *
   * @param parameters {@code [layout().size()]}; copied
   * @throws IllegalArgumentException if the length is not the layout's
   */
  void setParameters(float[] parameters);

  /**
   * Whether there is neither NaN nor infinity among the {@link #parameters()}; a learner tells
   * without bringing them together, from wherever it computes.
   */
  default boolean hasFiniteParameters() {
    return FiniteNumbers.areAll(parameters());
  }

  /** What stays on a worker and is not averaged; {@link WorkerMemory#EMPTY} for most models. */
  default WorkerMemory memory() {
    return WorkerMemory.EMPTY;
  }

  /** Takes over what {@link #memory()} of an earlier learner gave. */
  default void setMemory(WorkerMemory memory) {
    if (!memory.isEmpty()) {
      throw new IllegalArgumentException("Cannot take over a worker memory: this model keeps none");
    }
  }

  /**
   * Infers the batch, then changes the parameters by it.
   *
   * @return the outputs before the change, with the work done for inference and learning
   */
  Inference learn(SpikeBatch batch, BatchPosition position);

  /**
   * How many batches of a size {@link #learn(List, List)} is best given at once: more than 1 where
   * a learner computes elsewhere and need not be waited for between batches.
   */
  default int batchesAtOnce(int batchSize) {
    return 1;
  }

  /**
   * Learns batches one after the other, as {@link #learn(SpikeBatch, BatchPosition)} does each.
   *
   * @param positions of the batches
   * @return the outputs of each
   */
  default List<Inference> learn(List<SpikeBatch> batches, List<BatchPosition> positions) {
    List<Inference> inferences = new ArrayList<>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      inferences.add(learn(batches.get(i), positions.get(i)));
    }
    return inferences;
  }

  /** How many samples {@link #infer} is best given at once. */
  default int inferredAtOnce() {
    return 128;
  }

  /**
   * The network's answer; changes neither parameters nor memory, and a sample's answer does not
   * depend on its neighbours in the batch.
   */
  Inference infer(SpikeBatch batch);

  /**
   * Infers the batch and shows what its neurons do on the way; changes neither parameters nor
   * memory. Takes the time and memory of all steps of all neurons: for small batches.
   *
   * @return empty where the network has no steps to show
   */
  default Optional<ActivityTrace> trace(SpikeBatch batch) {
    return Optional.empty();
  }

  /**
   * Multiply-accumulates of one epoch per sample as the study counts them (Zhang et al., Science
   * Advances 7(43), eabh0146, 2021, Materials and Methods).
   */
  double complexityPerEpoch();

  @Override
  default void close() {}
}
