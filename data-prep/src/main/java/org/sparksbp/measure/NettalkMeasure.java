package org.sparksbp.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.spike.Sample;

/**
 * How close 26 output features are to a letter's phoneme and stress.
 *
 * <p>Accuracy is 1 minus the mean cosine distance between output and target; an output without any
 * activity has distance 1. A best guess is the phoneme (stress) code at the smallest angle to the
 * 21 (5) outputs; a perfect match has every output within 0.1 of its target. After T. J. Sejnowski,
 * C. R. Rosenberg, "Parallel networks that learn to pronounce English text", Complex Systems 1,
 * 145-168, 1987.
 */
public final class NettalkMeasure implements Measure {

  private static final long serialVersionUID = 1L;
  private static final float PERFECT_MARGIN = 0.1f;

  private final String phonemeSymbols;
  private final float[][] phonemeCodes;
  private final float[][] stressCodes;
  private final OutputTally tally;
  private long samples;
  private double cosineSum;
  private double cosineSquares;
  private long phonemes;
  private long stresses;
  private long perfect;

  /**
   * An empty measure.
   *
   * @param phonemeSymbols a character a phoneme, its name
   * @param phonemeCodes codes a best guess chooses from, {@code [phonemes, phoneme units]}
   * @param stressCodes the same, {@code [stresses, stress units]}; their units follow the phoneme's
   */
  public NettalkMeasure(String phonemeSymbols, float[][] phonemeCodes, float[][] stressCodes) {
    this.phonemeSymbols = phonemeSymbols;
    this.phonemeCodes = phonemeCodes.clone();
    this.stressCodes = stressCodes.clone();
    this.tally = new OutputTally(phonemeCodes[0].length + stressCodes[0].length);
  }

  @Override
  public void add(Sample sample, float[] outputs, int offset) {
    float[] target = sample.target();
    samples++;
    tally.add(target, outputs, offset);
    double cosine = cosine(outputs, offset, target);
    cosineSum += cosine;
    cosineSquares += cosine * cosine;
    if (guessIsRight(phonemeCodes, outputs, offset, target, 0)) {
      phonemes++;
    }
    int stressStart = phonemeCodes[0].length;
    if (guessIsRight(stressCodes, outputs, offset, target, stressStart)) {
      stresses++;
    }
    if (isPerfect(outputs, offset, target)) {
      perfect++;
    }
  }

  private static double cosine(float[] outputs, int offset, float[] target) {
    double dot = 0;
    double outputNorm = 0;
    double targetNorm = 0;
    for (int i = 0; i < target.length; i++) {
      double output = outputs[offset + i];
      dot += output * target[i];
      outputNorm += output * output;
      targetNorm += (double) target[i] * target[i];
    }
    double norm = Math.sqrt(outputNorm * targetNorm);
    return norm > 0 && Double.isFinite(norm) ? dot / norm : 0;
  }

  /**
   * Whether the code at the smallest angle is the target's, looking at units from {@code start}.
   */
  private static boolean guessIsRight(
      float[][] codes, float[] outputs, int offset, float[] target, int start) {
    int guess = guess(codes, outputs, offset + start);
    return guess >= 0 && isCode(codes[guess], target, start);
  }

  /** The code at the smallest angle, -1 if none is nearer than a right angle. */
  private static int guess(float[][] codes, float[] outputs, int offset) {
    double best = 0;
    int guess = -1;
    for (int i = 0; i < codes.length; i++) {
      double cosine = cosine(outputs, offset, codes[i]);
      if (cosine > best) {
        best = cosine;
        guess = i;
      }
    }
    return guess;
  }

  private static boolean isCode(float[] code, float[] target, int start) {
    for (int i = 0; i < code.length; i++) {
      if (code[i] != target[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPerfect(float[] outputs, int offset, float[] target) {
    for (int i = 0; i < target.length; i++) {
      if (!(Math.abs(outputs[offset + i] - target[i]) <= PERFECT_MARGIN)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void merge(Measure other) {
    if (!(other instanceof NettalkMeasure that)) {
      throw new IllegalArgumentException("Cannot merge measures of different tasks");
    }
    tally.merge(that.tally);
    samples += that.samples;
    cosineSum += that.cosineSum;
    cosineSquares += that.cosineSquares;
    phonemes += that.phonemes;
    stresses += that.stresses;
    perfect += that.perfect;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    tally.write(out);
    out.writeLong(samples);
    out.writeDouble(cosineSum);
    out.writeDouble(cosineSquares);
    out.writeLong(phonemes);
    out.writeLong(stresses);
    out.writeLong(perfect);
  }

  @Override
  public void merge(DataInput in) throws IOException {
    tally.merge(in);
    samples += in.readLong();
    cosineSum += in.readDouble();
    cosineSquares += in.readDouble();
    phonemes += in.readLong();
    stresses += in.readLong();
    perfect += in.readLong();
  }

  @Override
  public long samples() {
    return samples;
  }

  /** 1 minus the cosine accuracy; NaN before the first sample. */
  @Override
  public double error() {
    return 1 - cosineSum / samples;
  }

  /** Phonemes by their best guess; stress is left aside. */
  @Override
  public Optional<Classifier> classifier() {
    return Optional.of(
        new Classifier() {
          @Override
          public List<String> classes() {
            return phonemeSymbols.chars().mapToObj(Character::toString).toList();
          }

          @Override
          public int truth(Sample sample) {
            for (int i = 0; i < phonemeCodes.length; i++) {
              if (isCode(phonemeCodes[i], sample.target(), 0)) {
                return i;
              }
            }
            return -1;
          }

          @Override
          public int answer(float[] outputs, int offset) {
            return guess(phonemeCodes, outputs, offset);
          }
        });
  }

  @Override
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("error", error());
    values.put("accuracy", cosineSum / samples);
    values.put(STANDARD_ERROR, Measure.standardError(cosineSum, cosineSquares, samples));
    values.put("phoneme-accuracy", (double) phonemes / samples);
    values.put("stress-accuracy", (double) stresses / samples);
    values.put("perfect-match", (double) perfect / samples);
    tally.put(values);
    return values;
  }
}
