package org.sparksbp.training;

import java.io.IOException;

/** Takes what a run has learned after each epoch that is the best so far. */
@FunctionalInterface
public interface BestEpochs {

  /** Takes nothing. */
  BestEpochs NONE = (report, parameters) -> {};

  /**
   * An epoch has ended that is better than all before it.
   *
   * @param parameters the flat vector after it, which must not be changed
   */
  void best(EpochReport report, float[] parameters) throws IOException;
}
