package org.sparksbp.spikingmlp;

/** Where the gradient of the hidden matrices comes from, in one update. */
interface CreditAssignment {

  /** Before the first sample of a batch. */
  default void begin(Connections connections, int size) {}

  /**
   * A sample of the batch, after the gradient of its output matrix has been added.
   *
   * @param forward what the network did
   * @param target y, {@code [outputs]}
   * @param outputGradient of the loss by the outputs, {@code 2 (output - y) / (B K)}, {@code
   *     [outputs]}
   * @param gradient to add to
   */
  void assign(ForwardPass forward, float[] target, float[] outputGradient, Connections gradient);

  /** After the last sample of a batch. */
  default void finish(Connections gradient) {}

  /** For hidden matrices in a batch of this size, on dense arrays. */
  long multiplyAccumulates(int batchSize);

  /** Whether the output matrix's gradient follows the reset path through time. */
  default BackwardPass.ResetPath outputResetPath() {
    return BackwardPass.ResetPath.DIFFERENTIATED;
  }
}
