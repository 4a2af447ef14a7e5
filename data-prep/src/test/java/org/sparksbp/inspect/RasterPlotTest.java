package org.sparksbp.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class RasterPlotTest {

  @Test
  void textShowsEverySpikeOfASmallTrainAtItsPlace() {
    SpikeTrain train = SpikeTrain.of(3, new int[][] {{0}, {1}, {2}, {0, 2}});
    String text = RasterPlot.text(new Sample("toy/1", train, new float[] {0, 1}, 1, "toy/1"));

    assertThat(text.lines().toList())
        .startsWith("toy/1, label 1, 5 spikes", "        2 |  ##|", "        1 | #  |")
        .contains("        0 |#  #|");
  }

  @Test
  void textOfALargeTrainFitsOneHundredColumns() {
    String text = RasterPlot.text(dense("a-long-name/".repeat(12), 500, 1024));
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSizeLessThan(40).allMatch(line -> line.length() <= 100);
  }

  @Test
  void pngHasInkWhereTheSpikesAreAndNoneElsewhere() throws IOException {
    BufferedImage empty = png(new Sample("x", train(20, 784, false), new float[1], 0, "x"));
    BufferedImage full = png(dense("x", 20, 784));
    assertThat(empty.getWidth()).isEqualTo(1000);
    assertThat(ink(empty)).isZero();
    assertThat(ink(full)).isGreaterThan(1000);
  }

  private static BufferedImage png(Sample sample) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RasterPlot.png(sample, out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static int ink(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xffffff) == 0x1f3a5f) {
          count++;
        }
      }
    }
    return count;
  }

  private static Sample dense(String id, int steps, int channels) {
    return new Sample(id, train(steps, channels, true), new float[] {1, 0, 1}, -1, id);
  }

  private static SpikeTrain train(int steps, int channels, boolean spikes) {
    SpikeTrain.Builder train = new SpikeTrain.Builder(steps, channels);
    for (int step = 0; spikes && step < steps; step++) {
      for (int channel = step % 7; channel < channels; channel += 7) {
        train.add(step, channel);
      }
    }
    return train.build();
  }
}
