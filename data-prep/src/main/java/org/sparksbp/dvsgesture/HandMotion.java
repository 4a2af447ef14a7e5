package org.sparksbp.dvsgesture;

import org.sparksbp.random.RandomStream;

/**
 * Where two hands are during one of the eleven gestures: pixels of a sensor of 128x128, y down. The
 * right hand is on the left side of the picture.
 */
final class HandMotion {

  private static final double TURN = 2 * Math.PI;

  private final int gesture;
  private final double turnsPerSecond;
  private final double size;
  private final double shiftX;
  private final double shiftY;
  private final double phase;

  /**
   * A performance.
   *
   * @param gesture class from 1 to 11
   */
  HandMotion(int gesture, RandomStream random) {
    this.gesture = gesture;
    this.turnsPerSecond = 1.2 + 0.8 * random.nextDouble();
    this.size = 0.85 + 0.3 * random.nextDouble();
    this.shiftX = 8 * random.nextDouble() - 4;
    this.shiftY = 8 * random.nextDouble() - 4;
    this.phase = TURN * random.nextDouble();
  }

  /** Number of hands that move. */
  int hands() {
    return gesture == 1 || gesture == 8 || gesture == 9 || gesture == 10 ? 2 : 1;
  }

  /** Centre of a hand, {x, y}, at a time in seconds. */
  double[] at(int hand, double seconds) {
    double angle = phase + TURN * turnsPerSecond * seconds;
    double cos = size * StrictMath.cos(angle);
    double sin = size * StrictMath.sin(angle);
    double side = hand == 0 ? -1 : 1;
    double[] place =
        switch (gesture) {
          case 1 -> new double[] {64 + side * (16 + 12 * cos), 70};
          case 2 -> new double[] {34 + 14 * cos, 34 + 4 * sin};
          case 3 -> new double[] {94 + 14 * cos, 34 + 4 * sin};
          case 4 -> new double[] {36 + 20 * cos, 60 + 24 * sin};
          case 5 -> new double[] {36 + 20 * cos, 60 - 24 * sin};
          case 6 -> new double[] {92 + 20 * cos, 60 + 24 * sin};
          case 7 -> new double[] {92 + 20 * cos, 60 - 24 * sin};
          case 8 -> new double[] {64 + side * 12 * cos, 76 + side * 12 * sin};
          case 9 -> new double[] {64 + side * 24, 88 + side * 14 * cos};
          case 10 ->
              hand == 0
                  ? new double[] {52, 92 + 12 * cos}
                  : new double[] {108 + 2 * cos, 60 + 2 * sin};
          default -> new double[] {64 + 40 * cos, 40 + 20 * StrictMath.sin(2.7 * angle)};
        };
    return new double[] {place[0] + shiftX, place[1] + shiftY};
  }
}
