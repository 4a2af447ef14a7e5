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
  private final BlockingQueue<Message> outgoing;
  private final Waiting waiting;

  /** Where a worker finds what another one has for it. */
  private record Box(String meeting, int from, int to) {}

  /**
   * One end.
   *
   * @param meeting what the workers of one job, and no others, have in common
   */
  ProcessLink(String meeting, int self, int peer, Waiting waiting) {
    this.in = new Box(meeting, peer, self);
    this.out = new Box(meeting, self, peer);
    this.waiting = waiting;
    this.incoming = BOXES.computeIfAbsent(in, none -> new LinkedBlockingQueue<>());
    this.outgoing = BOXES.computeIfAbsent(out, none -> new LinkedBlockingQueue<>());
  }

  @Override
  public void send(Message message) {
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
        throw new PeerLostException("Cannot average: worker " + in.from() + " has ended");
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
    outgoing.add(Message.END);
    BOXES.remove(in);
    BOXES.remove(out);
  }
}
