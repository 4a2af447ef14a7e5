package org.sparksbp.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.spike.Sample;

/**
 * Share of samples whose strongest output is the right class, and, where samples belong to groups,
 * the share of groups (recorded clips) whose samples' majority is.
 *
 * <p>Of equal outputs the first counts as strongest, of equal votes the lowest class. A sample
 * whose outputs are all NaN is an error and votes for nothing.
 */
public final class ClassificationMeasure implements Measure {

  private static final long serialVersionUID = 1L;

  private final List<String> classes;
  private final long[][] confusion;
  private final boolean grouped;
  private final OutputTally tally;
  private final TreeMap<String, GroupVotes> groups = new TreeMap<>();
  private long samples;
  private long correct;

  private ClassificationMeasure(List<String> classes, boolean grouped) {
    this.classes = List.copyOf(classes);
    this.confusion = new long[classes.size()][classes.size()];
    this.grouped = grouped;
    this.tally = new OutputTally(classes.size());
  }

  /** Of samples that stand alone. */
  public static ClassificationMeasure ofSamples(List<String> classes) {
    return new ClassificationMeasure(classes, false);
  }

  /** Of samples that belong to groups; adds {@code clip-accuracy}. */
  public static ClassificationMeasure ofGroups(List<String> classes) {
    return new ClassificationMeasure(classes, true);
  }

  @Override
  public void add(Sample sample, float[] outputs, int offset) {
    if (sample.label() < 0 || sample.label() >= classes.size()) {
      throw new IllegalArgumentException(
          "Invalid label of sample "
              + sample.id()
              + ": "
              + sample.label()
              + ", must be from 0 to "
              + (classes.size() - 1));
    }
    int answer = strongest(outputs, offset);
    tally.add(sample.target(), outputs, offset);
    samples++;
    if (answer == sample.label()) {
      correct++;
    }
    if (answer >= 0) {
      confusion[sample.label()][answer]++;
    }
    if (grouped) {
      groups
          .computeIfAbsent(sample.group(), key -> new GroupVotes(sample.label(), classes.size()))
          .add(answer);
    }
  }

  private int strongest(float[] outputs, int offset) {
    int strongest = -1;
    for (int i = 0; i < classes.size(); i++) {
      float output = outputs[offset + i];
      if (!Float.isNaN(output) && (strongest < 0 || output > outputs[offset + strongest])) {
        strongest = i;
      }
    }
    return strongest;
  }

  @Override
  public void merge(Measure other) {
    if (!(other instanceof ClassificationMeasure that) || !classes.equals(that.classes)) {
      throw new IllegalArgumentException("Cannot merge measures of different tasks");
    }
    tally.merge(that.tally);
    samples += that.samples;
    correct += that.correct;
    for (int i = 0; i < confusion.length; i++) {
      for (int j = 0; j < confusion.length; j++) {
        confusion[i][j] += that.confusion[i][j];
      }
    }
    that.groups.forEach(
        (group, votes) ->
            groups
                .computeIfAbsent(group, key -> new GroupVotes(votes.label, classes.size()))
                .merge(votes));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    tally.write(out);
    out.writeLong(samples);
    out.writeLong(correct);
    for (long[] row : confusion) {
      for (long count : row) {
        out.writeLong(count);
      }
    }
    out.writeInt(groups.size());
    for (Map.Entry<String, GroupVotes> group : groups.entrySet()) {
      out.writeUTF(group.getKey());
      group.getValue().write(out);
    }
  }

  @Override
  public void merge(DataInput in) throws IOException {
    tally.merge(in);
    samples += in.readLong();
    correct += in.readLong();
    for (long[] row : confusion) {
      for (int j = 0; j < row.length; j++) {
        row[j] += in.readLong();
      }
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      String group = in.readUTF();
      int label = in.readInt();
      groups.computeIfAbsent(group, key -> new GroupVotes(label, classes.size())).merge(in);
    }
  }

  @Override
  public long samples() {
    return samples;
  }

  /** Share of wrong answers; NaN before the first sample. */
  @Override
  public double error() {
    return (double) (samples - correct) / samples;
  }

  @Override
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("error", error());
    values.put("accuracy", (double) correct / samples);
    values.put(STANDARD_ERROR, Measure.standardError(correct, correct, samples));
    tally.put(values);
    if (grouped) {
      long right = groups.values().stream().filter(GroupVotes::isRight).count();
      values.put("clip-accuracy", (double) right / groups.size());
    }
    return values;
  }

  @Override
  public Optional<Classifier> classifier() {
    return Optional.of(
        new Classifier() {
          @Override
          public List<String> classes() {
            return classes;
          }

          @Override
          public int truth(Sample sample) {
            return sample.label();
          }

          @Override
          public int answer(float[] outputs, int offset) {
            return strongest(outputs, offset);
          }
        });
  }

  /** Names of the classes, in the order of labels. */
  public List<String> classes() {
    return classes;
  }

  /** Numbers of samples {@code [true class, answered class]}; a copy. */
  public long[][] confusion() {
    long[][] copy = new long[confusion.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = confusion[i].clone();
    }
    return copy;
  }

  /** Votes of a group's samples. */
  private static final class GroupVotes implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final int label;
    private final int[] votes;

    GroupVotes(int label, int classes) {
      this.label = label;
      this.votes = new int[classes];
    }

    void add(int answer) {
      if (answer >= 0) {
        votes[answer]++;
      }
    }

    void merge(GroupVotes other) {
      for (int i = 0; i < votes.length; i++) {
        votes[i] += other.votes[i];
      }
    }

    void write(DataOutput out) throws IOException {
      out.writeInt(label);
      for (int count : votes) {
        out.writeInt(count);
      }
    }

    /** Takes in the votes that {@link #write} has put behind the label. */
    void merge(DataInput in) throws IOException {
      for (int i = 0; i < votes.length; i++) {
        votes[i] += in.readInt();
      }
    }

    boolean isRight() {
      int winner = 0;
      for (int i = 1; i < votes.length; i++) {
        if (votes[i] > votes[winner]) {
          winner = i;
        }
      }
      return winner == label && votes[winner] > 0;
    }
  }
}
