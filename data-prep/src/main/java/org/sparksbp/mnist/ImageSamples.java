package org.sparksbp.mnist;

import java.io.IOException;
import java.util.Locale;
import org.sparksbp.encoding.SpikeEncoder;
import org.sparksbp.encoding.SpikeEncoders;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/** Makes samples of the images of a slice. */
final class ImageSamples implements ImageVisitor {

  /** Where no test file is: of so many images the last one is for test. */
  static final int IMAGES_A_TEST = 7;

  private final String task;
  private final ImageClasses classes;
  private final SpikeEncoder encoder;
  private final InputSlice slice;
  private final SampleSink sink;

  /** The file whose lines or bytes are told of. */
  private final String file;

  /** Place in the file's image of each pixel, row by row. */
  private final int[] places = new int[IdxHeader.SIDE * IdxHeader.SIDE];

  private final float[] intensities = new float[places.length];

  ImageSamples(ImageTask task, InputSlice slice, PrepareSettings settings, SampleSink sink) {
    this.task = task.name();
    this.classes = task.classes(settings);
    this.encoder = SpikeEncoders.named(settings.encoder(), settings.steps(), settings.seed());
    this.slice = slice;
    this.sink = sink;
    this.file = slice.files().get(slice.files().size() - 1);
    for (int i = 0; i < places.length; i++) {
      places[i] = task.order().place(i, IdxHeader.SIDE);
    }
  }

  @Override
  public void image(long number, String position, int label, byte[] pixels) throws IOException {
    int index = classes.indexOf(label);
    if (index < 0) {
      unusable(position, "label " + label + " of image " + number + ", must be " + classes.range());
      return;
    }
    sink.read(file, RecordUnit.IMAGES, 1);
    for (int i = 0; i < places.length; i++) {
      intensities[i] = (pixels[places[i]] & 0xff) / 255f;
    }
    float[] target = new float[classes.names().size()];
    target[index] = 1f;
    Split split = split(number);
    String id =
        task + "/" + split.lowerCaseName() + "/" + String.format(Locale.ROOT, "%05d", number);
    sink.sample(split, new Sample(id, encoder.encode(id, intensities), target, index, id));
  }

  @Override
  public void unusable(String position, String reason) throws IOException {
    sink.read(file, RecordUnit.IMAGES, 1);
    sink.dropped(file, RecordUnit.IMAGES, 1, position, reason);
  }

  private Split split(long number) {
    if (slice.split() != null) {
      return slice.split();
    }
    return number % IMAGES_A_TEST == IMAGES_A_TEST - 1 ? Split.TEST : Split.TRAIN;
  }
}
