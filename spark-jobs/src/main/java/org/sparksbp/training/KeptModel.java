package org.sparksbp.training;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * What is left of a run that has failed.
 *
 * @param kind which model is kept
 * @param epoch after which it was so; 0 if none is kept
 * @param folder where it is; empty if none is kept
 */
public record KeptModel(Kind kind, int epoch, String folder) implements Serializable {

  /** The run keeps no models. */
  public static final KeptModel NONE = new KeptModel(Kind.NONE, 0, "");

  /** The run has failed in its first epoch. */
  static final KeptModel NO_EPOCH = new KeptModel(Kind.NO_EPOCH, 0, "");

  /** Which model is kept. */
  public enum Kind {
    NONE,
    NO_EPOCH,
    /** That of the best epoch: the last one's parameters are not at hand after a resume. */
    BEST,
    /** That of the last whole epoch. */
    LAST
  }

  static KeptModel best(int epoch, Path folder) {
    return new KeptModel(Kind.BEST, epoch, folder.toString());
  }

  static KeptModel last(int epoch, Path folder) {
    return new KeptModel(Kind.LAST, epoch, folder.toString());
  }

  /** A clause of a sentence. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "no model was kept";
      case NO_EPOCH -> "no epoch had ended, so no model was kept";
      case BEST -> "the best model, of epoch " + epoch + ", is kept in " + folder;
      case LAST -> "the model of epoch " + epoch + " is kept in " + folder;
    };
  }
}
