package org.sparksbp.worker;

import org.sparksbp.random.RandomStream;

/**
 * The order in which a worker learns its samples in an epoch, drawn for the run's seed, the epoch
 * and the worker: all of them mixed, or windows of neighbours one after the other in a drawn order,
 * each mixed in itself. An order of windows reads the samples' file in long runs and takes no
 * memory for the others.
 */
public final class EpochOrder {

  private final long seed;
  private final int epoch;
  private final int worker;
  private final int size;
  private final int window;

  /** Windows in the order in which they are learned; where there are none, samples. */
  private final int[] order;

  /** Where in the order the window is that may be shorter than the others. */
  private final int shorter;

  private volatile Window latest = new Window(-1, new int[0]);

  /** A window's samples, numbered in the window; immutable, so that two tasks may race for it. */
  private record Window(int number, int[] order) {}

  private EpochOrder(long seed, int epoch, int worker, int size, int window, int[] order) {
    this.seed = seed;
    this.epoch = epoch;
    this.worker = worker;
    this.size = size;
    this.window = window;
    this.order = order;
    int last = order.length - 1;
    int at = last;
    for (int i = 0; window > 0 && i <= last; i++) {
      at = order[i] == last ? i : at;
    }
    this.shorter = at;
  }

  /**
   * Draws an order.
   *
   * @param worker number of the worker
   * @param size samples of the worker
   * @param window samples of a window; 0 to mix all
   */
  static EpochOrder of(long seed, int epoch, int worker, int size, int window) {
    if (window == 0 || window >= size) {
      int[] all = RandomStream.of(seed, "sample-order", epoch, worker).permutation(size);
      return new EpochOrder(seed, epoch, worker, size, 0, all);
    }
    int windows = (int) (((long) size + window - 1) / window);
    int[] order = RandomStream.of(seed, "window-order", epoch, worker).permutation(windows);
    return new EpochOrder(seed, epoch, worker, size, window, order);
  }

  /** Whether it is the one drawn for these. */
  boolean isOf(long otherSeed, int otherEpoch, int otherWindow) {
    boolean same = window == otherWindow || (window == 0 && otherWindow >= size);
    return seed == otherSeed && epoch == otherEpoch && same;
  }

  /** Number of the sample that is learned at a place, from 0. */
  public int at(int place) {
    if (window == 0) {
      return order[place];
    }
    int left = size - (order.length - 1) * window;
    int before = shorter * window;
    int turn;
    int inTurn;
    if (place < before) {
      turn = place / window;
      inTurn = place % window;
    } else if (place < before + left) {
      turn = shorter;
      inTurn = place - before;
    } else {
      turn = shorter + 1 + (place - before - left) / window;
      inTurn = (place - before - left) % window;
    }
    return order[turn] * window + mixed(order[turn], turn == shorter ? left : window)[inTurn];
  }

  private int[] mixed(int number, int length) {
    Window current = latest;
    if (current.number() != number) {
      int[] drawn =
          RandomStream.of(seed, "order-in-window", epoch, worker, number).permutation(length);
      current = new Window(number, drawn);
      latest = current;
    }
    return current.order();
  }
}
