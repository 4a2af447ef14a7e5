package org.sparksbp.energy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceMemoryException;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * The states of every training sample that a member has seen, on a device: row by row, found by a
 * number. As in {@link PersistentStates}, a row of which a {@link WorkerMemory} has been made is
 * never written to again, so a memory costs an array of numbers; its states cross to this process
 * when somebody looks at them, or when the device's memory runs out. May be shared between threads.
 */
final class DeviceStates implements AutoCloseable {

  private static final int NONE = -1;

  private final StateRows rows;
  private final int length;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Integer> columns = new HashMap<>(); // of a sample in members' arrays
  private final List<String> ids = new ArrayList<>(); // by column
  private final List<WeakReference<HeldStates>> handedOut = new ArrayList<>();
  private final BitSet readInRound = new BitSet(); // rows that batches to come start from
  private boolean closed;

  /**
   * No states yet.
   *
   * @param rows that will hold them; closed with this
   * @param length N_1 + .. + N_L
   * @param memberCount members of the pack
   */
  DeviceStates(StateRows rows, int length, int memberCount) {
    this.rows = rows;
    this.length = length;
    for (int m = 0; m < memberCount; m++) {
      members.add(new Member());
    }
  }

  /** Where a member's samples are. */
  private static final class Member {
    int[] numbers = new int[0]; // by column
    boolean lent; // numbers are a memory's too
    final BitSet own = new BitSet(); // columns whose row is no memory's
    int[] batchOf = new int[0]; // the last batch that a column was in
    int batch;
    int size;

    void write(int column, int number) {
      if (lent || column >= numbers.length) {
        int before = numbers.length;
        int room = column < before ? before : Math.max(column + 1, 2 * before);
        numbers = Arrays.copyOf(numbers, room);
        Arrays.fill(numbers, before, room, NONE);
        lent = false;
      }
      size += numbers[column] < 0 ? 1 : 0;
      numbers[column] = number;
      own.set(column);
    }

    int number(int column) {
      return column < numbers.length ? numbers[column] : NONE;
    }

    /** Whether the batch has the column for the second time. */
    boolean repeats(int column) {
      if (column >= batchOf.length) {
        batchOf = Arrays.copyOf(batchOf, Math.max(column + 1, 2 * batchOf.length));
      }
      boolean repeats = batchOf[column] == batch;
      batchOf[column] = batch;
      return repeats;
    }

    void set(int[] others, int count) {
      numbers = others;
      size = count;
      lent = true;
      own.clear();
    }
  }

  /** The rows; another buffer once {@link #place} was called. */
  synchronized DeviceBuffer buffer() {
    return rows.buffer();
  }

  /**
   * Gives each sample of a batch that is to be learned its key: where the states are that it starts
   * from, in the low half, and where those go to that it ends with, in the high half.
   */
  synchronized void place(int member, SpikeBatch batch, long[] keys, int firstKey) {
    Member of = members.get(member);
    of.batch++;
    for (int row = 0; row < batch.size(); row++) {
      int column = column(batch.samples().get(row).id());
      int from = of.number(column);
      if (of.repeats(column)) {
        keys[firstKey + row] = repeated(of, column, keys, firstKey, row);
        continue;
      }
      int to = from;
      if (from == NONE || !of.own.get(column)) {
        if (from != NONE) {
          readInRound.set(from);
        }
        to = take();
        of.write(column, to);
      }
      keys[firstKey + row] = key(from, to);
    }
  }

  /**
   * The key of a sample that a batch has twice: both start from the same states and end with the
   * same. The first is made to end elsewhere than it starts, so that no one waits for the other.
   */
  private long repeated(Member of, int column, long[] keys, int firstKey, int row) {
    int to = of.number(column);
    int first = firstKey;
    while ((int) (keys[first] >>> Integer.SIZE) != to) {
      first++;
    }
    int from = (int) keys[first];
    if (from == to && first < firstKey + row) {
      readInRound.set(from);
      to = take();
      of.write(column, to);
      keys[first] = key(from, to);
    }
    return key(from, NONE);
  }

  private static long key(int from, int to) {
    return (long) to << Integer.SIZE | from & 0xffffffffL;
  }

  private int column(String id) {
    Integer known = columns.get(id);
    if (known != null) {
      return known;
    }
    int column = ids.size();
    columns.put(id, column);
    ids.add(id);
    return column;
  }

  /** Told when all batches of a round have their keys and none has begun. */
  synchronized void roundIsDescribed() {
    readInRound.clear(); // what is placed from now on is written behind all of them
  }

  /** A member's states as they are now. */
  synchronized WorkerMemory memory(int member) {
    Member of = members.get(member);
    if (of.size == 0) {
      return WorkerMemory.EMPTY;
    }
    HeldStates held = new HeldStates(this, of.numbers, of.size);
    of.lent = true;
    of.own.clear();
    handedOut.removeIf(reference -> reference.get() == null);
    handedOut.add(new WeakReference<>(held));
    return new WorkerMemory(held);
  }

  /**
   * Goes on from a memory, its own or that of any learner of such a network.
   *
   * @throws IllegalArgumentException if its states are those of a network of other sizes
   */
  synchronized void setMemory(int member, WorkerMemory memory) {
    Member of = members.get(member);
    if (memory.entries() instanceof HeldStates held
        && held.device() == this
        && held.numbers() != null) {
      of.set(held.numbers(), held.size());
      return;
    }
    memory.entries().forEach((id, state) -> PersistentStates.checkLength(id, state, length));
    of.set(new int[0], 0);
    List<float[]> states = new ArrayList<>();
    int[] numbers = new int[memory.entries().size()];
    memory
        .entries()
        .forEach(
            (id, state) -> {
              int number = take();
              of.write(column(id), number);
              numbers[states.size()] = number;
              states.add(state);
            });
    rows.write(numbers, states);
  }

  /** Whether a memory has a sample, without reading its states. */
  synchronized boolean holds(HeldStates held, String id) {
    if (held.numbers() == null) {
      return held.states().containsKey(id);
    }
    Integer column = columns.get(id);
    return column != null && column < held.numbers().length && held.numbers()[column] != NONE;
  }

  /** A memory's states, read if they were not yet. */
  synchronized Map<String, float[]> read(HeldStates held) {
    if (held.numbers() != null) {
      read(List.of(held));
    }
    return held.states();
  }

  /** Reads memories' states; what they have in common is read once. */
  private void read(List<HeldStates> helds) {
    BitSet wanted = new BitSet();
    helds.forEach(held -> mark(held.numbers(), wanted));
    int[] numbers = wanted.stream().toArray();
    List<float[]> states = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      states.add(new float[length]);
    }
    rows.read(numbers, states);
    Map<Integer, float[]> byNumber = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      byNumber.put(numbers[i], states.get(i));
    }
    for (HeldStates held : helds) {
      Map<String, float[]> byId = new HashMap<>();
      for (int column = 0; column < held.numbers().length; column++) {
        if (held.numbers()[column] != NONE) {
          byId.put(ids.get(column), byNumber.get(held.numbers()[column]));
        }
      }
      held.hold(Collections.unmodifiableMap(byId));
    }
  }

  private int take() {
    if (rows.unused() == 0) {
      reclaim();
    }
    return rows.take();
  }

  /**
   * Finds rows that nobody has any more and, if they are few, takes more memory; if there is none,
   * has all memories read to this process.
   */
  private void reclaim() {
    int few = rows.count() / 4;
    int ofMembers = sweep();
    if (rows.unused() < few && rows.count() - rows.unused() - ofMembers >= few) {
      System.gc(); // memories that nobody has any more may be what keeps them
      sweep();
    }
    if (rows.unused() >= few) {
      return;
    }
    try {
      rows.grow();
    } catch (DeviceMemoryException e) {
      if (rows.unused() > 0) {
        return;
      }
      read(live());
      sweep();
      if (rows.unused() == 0) {
        throw e;
      }
    }
  }

  private List<HeldStates> live() {
    List<HeldStates> live = new ArrayList<>();
    for (WeakReference<HeldStates> reference : handedOut) {
      HeldStates held = reference.get();
      if (held != null && held.numbers() != null) {
        live.add(held);
      }
    }
    return live;
  }

  /** Finds the rows that nobody has; returns how many the members have. */
  private int sweep() {
    BitSet used = (BitSet) readInRound.clone();
    members.forEach(member -> mark(member.numbers, used));
    int ofMembers = used.cardinality();
    live().forEach(held -> mark(held.numbers(), used));
    rows.keepOnly(used);
    return ofMembers;
  }

  private static void mark(int[] numbers, BitSet used) {
    for (int number : numbers) {
      if (number != NONE) {
        used.set(number);
      }
    }
  }

  /** Frees the device's memory; memories that somebody still has are read before. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        read(live());
      } finally {
        rows.close();
      }
    }
  }
}
