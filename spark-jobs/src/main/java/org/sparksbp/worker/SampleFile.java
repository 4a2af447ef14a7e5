package org.sparksbp.worker;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * A file of this process that grows at its end and is read anywhere, through the memory that the
 * operating system has to spare; of the heap it takes nothing. It is mapped in pieces of one size.
 * It is encrypted where Spark encrypts its own files ({@code spark.io.encryption.enabled}), and has
 * no name any more once it is open, so that nothing stays of it however the process ends.
 */
final class SampleFile {

  /** Bytes of the files of samples that are mapped to memory in one piece, in Spark's settings. */
  static final String PIECE_KEY = "spark.sbp.samples.pieceSize";

  private static final String PIECE = "64m";
  private static final int LARGEST_PIECE = 1 << 30;

  private final File place;
  private final RandomAccessFile file;
  private final int pieceBytes;

  /** Where Spark encrypts what it writes to disks; else null. */
  private final SampleCipher cipher;

  private volatile MappedByteBuffer[] pieces = new MappedByteBuffer[0];
  private long end;

  /**
   * Opens a new file where Spark has its own, or in the folder for temporary files where there is
   * no Spark.
   *
   * @throws IllegalArgumentException if {@value #PIECE_KEY} makes no sense
   */
  SampleFile() {
    SparkEnv spark = SparkEnv.get();
    SparkConf settings = spark == null ? new SparkConf(false) : spark.conf();
    this.pieceBytes = pieceBytes(settings);
    this.cipher =
        settings.getBoolean("spark.io.encryption.enabled", false) ? new SampleCipher() : null;
    try {
      this.place =
          spark == null
              ? File.createTempFile("samples", null)
              : spark.blockManager().diskBlockManager().createTempLocalBlock()._2();
      this.file = new RandomAccessFile(place, "rw");
      Files.delete(place.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep samples in a file: " + e.getMessage(), e);
    }
  }

  /**
   * The size of a piece.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static int pieceBytes(SparkConf spark) {
    long bytes = spark.getSizeAsBytes(PIECE_KEY, PIECE);
    if (bytes < 1 || bytes > LARGEST_PIECE) {
      throw new IllegalArgumentException(
          "Invalid " + PIECE_KEY + ": " + bytes + " bytes, must be from 1 byte to 1 GB");
    }
    return (int) bytes;
  }

  /**
   * Writes behind all that was written before.
   *
   * @return where the first byte is
   * @throws UncheckedIOException if there is no room
   */
  synchronized long append(byte[] bytes, int length) {
    long start = end;
    try {
      file.seek(start);
      file.write(cipher == null ? bytes : cipher.apply(bytes, length, start), 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot keep samples in "
              + place.getParent()
              + ": "
              + e.getMessage()
              + ". Give Spark another folder with spark.local.dir",
          e);
    }
    end = start + length;
    return start;
  }

  /** The number of four bytes at a place, the most significant one first. */
  int getInt(long at) {
    int offset = (int) (at % pieceBytes);
    return cipher == null && offset + Integer.BYTES <= pieceBytes
        ? piece(at).getInt(offset)
        : ByteBuffer.wrap(read(at, Integer.BYTES)).getInt();
  }

  /** The number of eight bytes at a place, the most significant one first. */
  long getLong(long at) {
    int offset = (int) (at % pieceBytes);
    return cipher == null && offset + Long.BYTES <= pieceBytes
        ? piece(at).getLong(offset)
        : ByteBuffer.wrap(read(at, Long.BYTES)).getLong();
  }

  /** Reads what was written before, by any thread. */
  byte[] read(long at, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int offset = (int) ((at + done) % pieceBytes);
      int here = Math.min(length - done, pieceBytes - offset);
      piece(at + done).get(offset, bytes, done, here);
      done += here;
    }
    return cipher == null ? bytes : cipher.apply(bytes, length, at);
  }

  /** Gives its room back at once. Nobody must read any more. */
  synchronized void release() {
    try (file) {
      file.setLength(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give a file of samples up: " + e.getMessage(), e);
    }
  }

  private MappedByteBuffer piece(long at) {
    int number = (int) (at / pieceBytes);
    MappedByteBuffer[] known = pieces;
    MappedByteBuffer piece = number < known.length ? known[number] : null;
    return piece == null ? map(number) : piece;
  }

  private synchronized MappedByteBuffer map(int number) {
    if (number < pieces.length && pieces[number] != null) {
      return pieces[number];
    }
    // In a thread of its own: an interrupt of one that maps would close the file for all.
    MappedByteBuffer piece =
        CompletableFuture.supplyAsync(() -> mapped((long) number * pieceBytes)).join();
    MappedByteBuffer[] more = Arrays.copyOf(pieces, Math.max(pieces.length, number + 1));
    more[number] = piece;
    pieces = more;
    return piece;
  }

  private MappedByteBuffer mapped(long from) {
    try {
      return file.getChannel().map(MapMode.READ_ONLY, from, pieceBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read samples: " + e.getMessage(), e);
    }
  }
}
