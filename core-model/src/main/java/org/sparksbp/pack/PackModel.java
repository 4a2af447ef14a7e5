package org.sparksbp.pack;

import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * A model's equations for all members of a pack, on a device. Its memory there holds each member's
 * flat vector of parameters as it is, and what else the members need.
 *
 * <p>What a member computes must not depend on how many others there are or what they do: its sums
 * have an order of their own. Methods are called by one thread at a time, but for {@link #work}.
 */
public interface PackModel extends AutoCloseable {

  /** How samples are held on the device. */
  SampleEncoding encoding();

  /** Scalars that a batch is learned with, see {@link #describe}. */
  int scalarsPerBatch();

  /** Counts that each row leaves beside its outputs: spikes of layers, say. */
  int countsPerRow();

  /** Takes parameters of a member over, as {@link org.sparksbp.learner.Learner} does. */
  void setParameters(int member, float[] parameters);

  /** A copy of a member's parameters. */
  float[] parameters(int member);

  /** Where all members' parameters are on the device. */
  ParametersOnDevice parametersOnDevice();

  /**
   * Parameters on a device.
   *
   * @param values {@code [members, stride]}
   * @param stride from one member's to the next one's
   * @param length of a member's
   */
  record ParametersOnDevice(DeviceBuffer values, long stride, int length) {}

  /** See {@link org.sparksbp.learner.Learner#memory}. */
  default WorkerMemory memory(int member) {
    return WorkerMemory.EMPTY;
  }

  /** See {@link org.sparksbp.learner.Learner#setMemory}. */
  default void setMemory(int member, WorkerMemory memory) {
    if (!memory.isEmpty()) {
      throw new IllegalArgumentException("Cannot take over a worker memory: this model keeps none");
    }
  }

  /**
   * Says what a member is to do with a batch. Batches are described in the order in which they are
   * learned.
   *
   * @param position where it is learned; null if it is inferred
   * @param elements of the first row of each of the batch's samples
   * @param keys receives a number for each of the batch's samples, from {@code firstKey} on: where
   *     its random numbers begin, say; holds 0
   * @param scalars receives {@link #scalarsPerBatch()} numbers from {@code firstScalar} on
   */
  void describe(
      int member,
      SpikeBatch batch,
      BatchPosition position,
      int[] elements,
      long[] keys,
      int firstKey,
      float[] scalars,
      int firstScalar);

  /** Queues the learning of a batch by every member, outputs before the change included. */
  void learn(PackBatch batch);

  /** Queues the inference of a batch by every member. */
  void infer(PackBatch batch);

  /**
   * What a batch took; by any thread.
   *
   * @param counts {@code [batch, countsPerRow()]} from {@code offset} on
   */
  Work work(int member, SpikeBatch batch, int[] counts, int offset, boolean learned);

  @Override
  void close();
}
