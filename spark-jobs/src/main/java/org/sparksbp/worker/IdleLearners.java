package org.sparksbp.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.sparksbp.learner.Learner;

/** Learners of this process that no task uses now; the ones unused for longest give way. */
final class IdleLearners {

  private static final int MOST = 2 * Runtime.getRuntime().availableProcessors();
  private static final Deque<Idle> IDLE = new ArrayDeque<>();

  private record Idle(String key, Learner learner) {}

  private IdleLearners() {}

  /** A learner of that key, or null. */
  static Learner take(String key) {
    synchronized (IDLE) {
      for (Iterator<Idle> all = IDLE.iterator(); all.hasNext(); ) {
        Idle idle = all.next();
        if (idle.key().equals(key)) {
          all.remove();
          return idle.learner();
        }
      }
      return null;
    }
  }

  static void put(String key, Learner learner) {
    Idle oldest = null;
    synchronized (IDLE) {
      IDLE.addFirst(new Idle(key, learner));
      if (IDLE.size() > MOST) {
        oldest = IDLE.removeLast();
      }
    }
    if (oldest != null) {
      oldest.learner().close();
    }
  }
}
