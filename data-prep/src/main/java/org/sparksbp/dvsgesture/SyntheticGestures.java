package org.sparksbp.dvsgesture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.AedatWriter;
import org.sparksbp.random.RandomStream;
import org.sparksbp.storage.AtomicFile;

/** Recordings of eleven clips each, of hands as discs whose edges cause events. */
final class SyntheticGestures {

  private static final int GESTURES = 11;
  private static final int CLIP_MILLISECONDS = 1_200;
  private static final int GAP_MILLISECONDS = 300;
  private static final int EVENTS_A_MILLISECOND = 10;
  private static final int NOISE_EVENTS_A_MILLISECOND = 1;
  private static final double HAND_RADIUS = 8;

  /** Every so many recordings one is for test, as 24 of 122 are in the data set. */
  private static final int RECORDINGS_PER_TEST = 5;

  private SyntheticGestures() {}

  static void write(Configuration hadoop, Path directory, int clips, long seed) throws IOException {
    int recordings = Math.max(2, (clips + GESTURES - 1) / GESTURES);
    StringBuilder train = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int number = 0; number < recordings; number++) {
      boolean isTest = number % RECORDINGS_PER_TEST == 1;
      String name = name(number, isTest);
      (isTest ? test : train).append(name).append(".aedat\n");
      RandomStream random = RandomStream.of(seed, "synthetic-gestures", number);
      int[] order = random.permutation(GESTURES);
      writeText(hadoop, new Path(directory, name + "_labels.csv"), labels(order));
      writeEvents(hadoop, new Path(directory, name + ".aedat"), order, random);
    }
    writeText(hadoop, new Path(directory, "trials_to_train.txt"), train.toString());
    writeText(hadoop, new Path(directory, "trials_to_test.txt"), test.toString());
  }

  private static String name(int number, boolean isTest) {
    int user = isTest ? 24 + number / RECORDINGS_PER_TEST % 6 : 1 + number % 23;
    return String.format(Locale.ROOT, "user%02d_synthetic%d", user, number);
  }

  private static String labels(int[] order) {
    StringBuilder text = new StringBuilder("class,startTime_usec,endTime_usec\n");
    for (int clip = 0; clip < order.length; clip++) {
      long start = clipStart(clip);
      long end = start + 1000L * CLIP_MILLISECONDS;
      text.append(order[clip] + 1).append(',').append(start).append(',').append(end).append('\n');
    }
    return text.toString();
  }

  private static void writeText(Configuration hadoop, Path file, String text) throws IOException {
    AtomicFile.write(hadoop, file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeEvents(Configuration hadoop, Path file, int[] order, RandomStream random)
      throws IOException {
    AtomicFile.write(hadoop, file, out -> writeEvents(out, order, random));
  }

  private static void writeEvents(OutputStream out, int[] order, RandomStream random)
      throws IOException {
    try (AedatWriter writer = new AedatWriter(new BufferedOutputStream(out))) {
      for (int clip = 0; clip < order.length; clip++) {
        HandMotion motion = new HandMotion(order[clip] + 1, random);
        for (int ms = -GAP_MILLISECONDS; ms < CLIP_MILLISECONDS; ms++) {
          long start = clipStart(clip) + ms * 1000L;
          writeMillisecond(writer, start, ms < 0 ? null : motion, ms / 1000.0, random);
        }
      }
    }
  }

  private static long clipStart(int clip) {
    return 1000L * (GAP_MILLISECONDS + clip * (long) (GAP_MILLISECONDS + CLIP_MILLISECONDS));
  }

  private static void writeMillisecond(
      AedatWriter writer, long start, HandMotion motion, double seconds, RandomStream random)
      throws IOException {
    int events = NOISE_EVENTS_A_MILLISECOND + (motion == null ? 0 : EVENTS_A_MILLISECOND);
    int[] offsets = new int[events];
    Arrays.setAll(offsets, i -> random.nextInt(1000));
    Arrays.sort(offsets);
    for (int i = 0; i < events; i++) {
      if (motion == null || random.nextInt(events) < NOISE_EVENTS_A_MILLISECOND) {
        writer.event(
            start + offsets[i], random.nextInt(128), random.nextInt(128), random.nextInt(2));
      } else {
        writeHandEvent(writer, start + offsets[i], motion, seconds, random);
      }
    }
  }

  /** An event near a hand's edge: brighter where the hand goes to, darker where it comes from. */
  private static void writeHandEvent(
      AedatWriter writer, long time, HandMotion motion, double seconds, RandomStream random)
      throws IOException {
    int hand = random.nextInt(motion.hands());
    double[] now = motion.at(hand, seconds);
    double[] soon = motion.at(hand, seconds + 0.001);
    double angle = 2 * Math.PI * random.nextDouble();
    double radius = HAND_RADIUS * (0.8 + 0.3 * random.nextDouble());
    double dx = StrictMath.cos(angle);
    double dy = StrictMath.sin(angle);
    int x = (int) Math.round(now[0] + radius * dx);
    int y = (int) Math.round(now[1] + radius * dy);
    if (x >= 0 && x < 128 && y >= 0 && y < 128) {
      boolean leading = dx * (soon[0] - now[0]) + dy * (soon[1] - now[1]) > 0;
      writer.event(time, x, y, leading ? 1 : 0);
    }
  }
}
