package org.sparksbp.learner;

import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input vectors of a batch, from spike trains to the elements that are not 0; whole rows never
 * become dense where steps lie side by side. Its arrays are reused from batch to batch.
 */
public final class BatchInput {

  private final InputVector vector;
  private final SparseMatrix rows;
  private final float[] rates; // of one sample
  private final SpikeTrain.EventVisitor appending;
  private int row;
  private int channels;

  /**
   * No batch yet.
   *
   * @param inputs N_0
   */
  public BatchInput(InputVector vector, int inputs) {
    this.vector = vector;
    rows = new SparseMatrix(inputs);
    rates = new float[vector == InputVector.RATE ? inputs : 0];
    appending = (step, channel) -> rows.append(row, step * channels + channel, 1f);
  }

  /** The matrix that {@link #of} fills and returns. */
  public SparseMatrix matrix() {
    return rows;
  }

  /** x of a batch, {@code [batch, N_0]}; stays until the next call. */
  public SparseMatrix of(SpikeBatch batch) {
    rows.clear();
    channels = batch.channels();
    for (row = 0; row < batch.size(); row++) {
      SpikeTrain train = batch.samples().get(row).spikes();
      switch (vector) {
        case RATE -> {
          train.rates(rates, 0);
          rows.appendNonZero(row, rates);
        }
        case FLATTENED -> train.forEach(appending);
      }
    }
    rows.finish(batch.size());
    return rows;
  }
}
