package org.sparksbp.spikingmlp;

import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Work;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.SpikeBatch;

/** What the host keeps of a perceptron that is on a device: its settings and its updates so far. */
final class PackMember {

  /** Scalars of a batch: step size, epsilon, {@link Credit}. */
  static final int SCALARS = 3;

  private final SpikingMlpSettings settings;
  private final Topology topology;
  private float updates;

  PackMember(SpikingMlpSettings settings, Topology topology) {
    this.settings = settings;
    this.topology = topology;
  }

  SpikingMlpSettings settings() {
    return settings;
  }

  float updates() {
    return updates;
  }

  void setUpdates(float count) {
    updates = count;
  }

  /**
   * Writes where the random numbers of each row begin; samples of a batch that is learned are drawn
   * from one stream, one after the other.
   *
   * @param position null if the batch is inferred
   * @param elements channels of each sample that may spike
   */
  void draw(SpikeBatch batch, BatchPosition position, int[] elements, long[] keys, int firstKey) {
    if (settings.input() != InputCoding.BERNOULLI) {
      return;
    }
    RandomStream ofBatch = position == null ? null : SpikingMlp.drawing(position);
    long drawn = 0;
    for (int i = 0; i < elements.length; i++) {
      keys[firstKey + i] =
          ofBatch == null
              ? SpikingMlp.drawing(settings.seed(), batch.samples().get(i)).counterAfter(0)
              : ofBatch.counterAfter(drawn);
      drawn += (long) settings.steps() * elements[i];
    }
  }

  /** Counts an update and writes its scalars. */
  void update(BatchPosition position, float[] scalars, int firstScalar) {
    updates++;
    Adam.Step step = settings.adam().step(updates, settings.schedule().rate(position.epoch()));
    scalars[firstScalar] = step.size();
    scalars[firstScalar + 1] = step.epsilon();
    scalars[firstScalar + 2] = Credit.of(settings, position);
  }

  /**
   * What a batch took.
   *
   * @param counts of each row: input spikes, those of each layer, {@link Credit}
   */
  Work work(int size, int[] counts, int offset, boolean learned) {
    int layers = topology.matrices();
    long synapticOperations = 0;
    long spikes = 0;
    for (int row = 0; row < size; row++) {
      int at = offset + row * (layers + 2);
      for (int layer = 0; layer <= layers; layer++) {
        synapticOperations += (long) counts[at + layer] * topology.fanOut(layer);
        spikes += layer == 0 ? 0 : counts[at + layer];
      }
    }
    long presented = size * topology.steps() * topology.allSynapses();
    Work work = Work.spiking(presented, synapticOperations, spikes);
    return learned ? work.plus(Work.graded(learningWork(size, counts[offset + layers + 1]))) : work;
  }

  private long learningWork(int size, int credit) {
    return size * topology.steps() * topology.synapses(topology.matrices() - 1)
        + Credit.multiplyAccumulates(credit, settings, topology, size);
  }
}
