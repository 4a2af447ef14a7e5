package org.sparksbp.measure;

import java.util.List;
import org.sparksbp.spike.Sample;

/** Reads outputs as one of a task's exclusive classes. */
public interface Classifier {

  /** Names of the classes. */
  List<String> classes();

  /** The class of a sample, an index of {@link #classes()}; -1 if it is none of them. */
  int truth(Sample sample);

  /**
   * The class that outputs stand for.
   *
   * @param outputs activities of the output neurons; those of the sample start at {@code offset}
   * @return an index of {@link #classes()}, or -1 if the outputs say nothing
   */
  int answer(float[] outputs, int offset);
}
