package org.sparksbp.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.tensorflow.framework.Summary;

/**
 * Writes events as TensorBoard reads them: TFRecord frames (length, its checksum, the event, its
 * checksum), see {@code tensorflow/core/lib/io/record_writer.h}. Events are encoded here, by the
 * field numbers of {@code tensorflow/core/util/event.proto}: of what is written, ND4J brings the
 * summaries' classes alone.
 */
final class EventRecords {

  private static final String VERSION = "brain.Event:2";
  private static final int CHECKSUM_MASK = 0xa282ead8;

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  private final OutputStream out;

  EventRecords(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file. The start of a session at step 0 makes a reader forget what an earlier file of
   * the same run has told it.
   *
   * @param seconds since 1970
   */
  void begin(double seconds) throws IOException {
    event(seconds, 0, event -> event.writeString(FILE_VERSION, VERSION));
    byte[] session = ProtobufEncoder.bytes(log -> log.writeEnum(SESSION_STATUS, SESSION_START));
    event(seconds, 0, event -> event.writeByteArray(SESSION_LOG, session));
  }

  /**
   * Writes a summary.
   *
   * @param seconds since 1970
   */
  void summary(double seconds, long step, Summary summary) throws IOException {
    event(seconds, step, event -> event.writeByteArray(SUMMARY, summary.toByteArray()));
  }

  private void event(double seconds, long step, ProtobufEncoder what) throws IOException {
    frame(
        ProtobufEncoder.bytes(
            event -> {
              event.writeDouble(WALL_TIME, seconds);
              event.writeInt64(STEP, step);
              what.encode(event);
            }));
  }

  private void frame(byte[] record) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(record.length).array();
    out.write(length);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(length)).array());
    out.write(record);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(record)).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + CHECKSUM_MASK;
  }
}
