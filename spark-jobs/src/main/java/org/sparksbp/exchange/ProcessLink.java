package org.sparksbp.exchange;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskKilledException;

/** Between two workers of one process; values are handed over, not copied. */
final class ProcessLink implements Link {

  private static final Map<Box, BlockingQueue<Message>> BOXES = new ConcurrentHashMap<>();

  private final Box in;
  private final Box out;
  private final BlockingQueue<Message> incoming;
  private final Waiting waiting;

  /** Where a worker finds what another one has for it. */
  private record Box(String meeting, int from, int to) {}

  /** Makes a place for the messages between all workers of a meeting in this process. */
  static void open(Meeting meeting) {
    for (int from = 0; from < meeting.workers(); from++) {
      for (int to = 0; to < meeting.workers(); to++) {
        BOXES.put(new Box(meeting.secret(), from, to), new LinkedBlockingQueue<>());
      }
    }
  }

  /** Forgets a meeting; a worker that still sends is told so. */
  static void forget(Meeting meeting) {
    BOXES.keySet().removeIf(box -> box.meeting().equals(meeting.secret()));
  }

  /**
   * One end. Both ends must be made before either sends.
   *
   * @param meeting what the workers of one job, and no others, have in common
   */
  ProcessLink(String meeting, int self, int peer, Waiting waiting) {
    this.in = new Box(meeting, peer, self);
    this.out = new Box(meeting, self, peer);
    this.waiting = waiting;
    this.incoming = BOXES.computeIfAbsent(in, none -> new LinkedBlockingQueue<>());
  }

  @Override
  public void send(Message message) {
    BlockingQueue<Message> outgoing = BOXES.get(out);
    if (outgoing == null) {
      throw lost();
    }
    outgoing.add(message);
  }

  @Override
  public Message receive() {
    try {
      Message message = incoming.poll(Waiting.LOOK, TimeUnit.MILLISECONDS);
      while (message == null) {
        waiting.look();
        message = incoming.poll(Waiting.LOOK, TimeUnit.MILLISECONDS);
      }
      if (message == Message.END) {
        throw lost();
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + in.from());
    }
  }

  @Override
  public void finishSending() {}

  @Override
  public void awaitEnd() {}

  @Override
  public void close() {
    BOXES.remove(in);
    BlockingQueue<Message> outgoing = BOXES.get(out);
    if (outgoing != null) {
      outgoing.add(Message.END);
    }
  }

  private PeerLostException lost() {
    return new PeerLostException("Cannot average: worker " + out.to() + " has ended");
  }
}
