package org.sparksbp.dvsgesture;

import java.util.List;

/** The eleven classes, in the order of the data set's numbers 1 to 11. */
final class Gestures {

  static final List<String> NAMES =
      List.of(
          "hand clapping",
          "right hand wave",
          "left hand wave",
          "right arm clockwise",
          "right arm counter clockwise",
          "left arm clockwise",
          "left arm counter clockwise",
          "arm roll",
          "air drums",
          "air guitar",
          "other gestures");

  private Gestures() {}
}
