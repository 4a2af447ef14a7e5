package org.sparksbp.sweep.results;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.shard.HashingOutputFile;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.storage.RawFileSystem;

/**
 * Records put together in Parquet files, {@code parts/part-....parquet}, so that the number of
 * files stays small. A part is there before the files that it holds are deleted, so a reader that
 * looks at single files first misses nothing.
 */
public final class CompactedRecords implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Hexadecimal digits of a hash that are enough of a name. */
  private static final int DIGITS = 16;

  private static final String TRIAL = "trial";
  private static final String SUMMARY = "summary";
  private static final String RECORD = "record";

  /** The trials of parts that this process has read, by the part's whole name. */
  private static final Map<String, Set<String>> TRIALS = new ConcurrentHashMap<>();

  private final ResultsFolder results;

  public CompactedRecords(ResultsFolder results) {
    this.results = results;
  }

  /**
   * Puts the records of single files together, if there are as many as that, but those of trials
   * that have a state to go on from.
   *
   * @return how many there still are
   */
  public int compact(int from) throws IOException {
    List<Path> all = results.trialFiles();
    List<Path> files = resting(all);
    if (files.size() < from) {
      return files.size();
    }
    Path part = part(files.toString());
    List<Path> taken = new ArrayList<>();
    Set<String> ended = new HashSet<>();
    try (AtomicFile atomic = new AtomicFile(results.hadoop(), part)) {
      try (ParquetWriter<Group> writer = writer(atomic)) {
        for (Path file : files) {
          TrialRecord record = results.record(file).orElse(null);
          if (record != null) {
            writer.write(row(record));
            taken.add(file);
            if (record.hasEnded()) {
              ended.add(record.id());
            }
          }
        }
      }
      atomic.commit();
    }
    results.delete(taken);
    // Another sweep may have let a trial wait that this one has brought to its end.
    results.delete(
        all.stream()
            .filter(file -> !taken.contains(file) && TrialFiles.isOfWaiting(file))
            .filter(file -> ended.contains(ResultsFolder.trialOf(file)))
            .toList());
    clean(taken);
    return files.size() - taken.size();
  }

  private static List<Path> resting(List<Path> all) {
    Set<Path> states = new HashSet<>(all);
    return all.stream()
        .filter(file -> file.getName().endsWith(".json"))
        .filter(file -> !TrialFiles.isOfWaiting(file) || !states.contains(state(file)))
        .toList();
  }

  private static Path state(Path record) {
    String name = record.getName();
    String stem = name.substring(0, name.length() - "json".length());
    return new Path(record.getParent(), stem + "state");
  }

  /** Deletes what killed sweeps have left half-written, here and where records were taken from. */
  private void clean(List<Path> taken) throws IOException {
    Set<Path> folders = new TreeSet<>(List.of(place()));
    taken.forEach(file -> folders.add(file.getParent()));
    for (Path folder : folders) {
      CrashRecovery.clean(results.hadoop(), folder, CrashRecovery.ABANDONED);
    }
  }

  private static ParquetWriter<Group> writer(AtomicFile file) throws IOException {
    return ExampleParquetWriter.builder(new HashingOutputFile(file))
        .withType(schema(TRIAL, SUMMARY, RECORD))
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .build();
  }

  private static Group row(TrialRecord record) {
    Group row = new SimpleGroup(schema(TRIAL, SUMMARY, RECORD));
    row.add(TRIAL, record.id());
    row.add(SUMMARY, record.summary().toJson());
    row.add(RECORD, record.toJson());
    return row;
  }

  private static MessageType schema(String... columns) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (String column : columns) {
      builder
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(column);
    }
    return builder.named("trials");
  }

  private Path place() {
    return new Path(results.folder(), "parts");
  }

  /** The parts that there are. */
  public List<Path> files() throws IOException {
    return listed().stream().map(FileStatus::getPath).toList();
  }

  /** The same with what the listing tells of them. */
  List<FileStatus> listed() throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus file : results.list(place())) {
      String name = file.getPath().getName();
      if (name.startsWith("part-") && name.endsWith(".parquet")) {
        found.add(file);
      }
    }
    found.sort(Comparator.comparing(FileStatus::getPath));
    return found;
  }

  /**
   * The record of a trial that has ended and was put in a part. Which trials a part holds is read
   * once in a process: a part never changes.
   */
  Optional<TrialRecord> ended(String id) throws IOException {
    for (Path part : files()) {
      if (trials(part).contains(id)) {
        List<TrialRecord> found = new ArrayList<>();
        records(
            part,
            (trial, text) -> {
              if (trial.equals(id)) {
                found.add(TrialRecord.of(text));
              }
            });
        Optional<TrialRecord> ended = found.stream().filter(TrialRecord::hasEnded).findFirst();
        if (ended.isPresent()) {
          return ended;
        }
      }
    }
    return Optional.empty();
  }

  private Set<String> trials(Path part) throws IOException {
    Set<String> known = TRIALS.get(part.toString());
    if (known == null) {
      Set<String> trials = new HashSet<>();
      read(part, TRIAL, (id, same) -> trials.add(id));
      known = trials;
      TRIALS.put(part.toString(), known);
    }
    return known;
  }

  /** Takes trials out of the parts that hold them. */
  void remove(Set<String> ids) throws IOException {
    for (Path part : files()) {
      if (Collections.disjoint(trials(part), ids)) {
        continue;
      }
      List<TrialRecord> left = new ArrayList<>();
      records(
          part,
          (id, text) -> {
            if (!ids.contains(id)) {
              left.add(TrialRecord.of(text));
            }
          });
      if (!left.isEmpty()) {
        write(part(part + " without " + new TreeSet<>(ids)), left);
      }
      RawFileSystem.of(results.hadoop(), part).delete(part, false);
    }
  }

  private void write(Path part, List<TrialRecord> records) throws IOException {
    try (AtomicFile atomic = new AtomicFile(results.hadoop(), part)) {
      try (ParquetWriter<Group> writer = writer(atomic)) {
        for (TrialRecord record : records) {
          writer.write(row(record));
        }
      }
      atomic.commit();
    }
  }

  /** A part of a name that what it is made of decides. */
  private Path part(String madeOf) {
    return new Path(place(), "part-" + Checksum.sha256(madeOf).substring(0, DIGITS) + ".parquet");
  }

  /** Goes through the summaries of a part. */
  public void summaries(Path part, BiConsumer<String, String> visitor) throws IOException {
    read(part, SUMMARY, visitor);
  }

  /** Goes through the records of a part. */
  void records(Path part, BiConsumer<String, String> visitor) throws IOException {
    read(part, RECORD, visitor);
  }

  private void read(Path part, String column, BiConsumer<String, String> visitor)
      throws IOException {
    Configuration projected = new Configuration(results.hadoop());
    MessageType schema = column.equals(TRIAL) ? schema(TRIAL) : schema(TRIAL, column);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
    try (ParquetReader<Group> reader = new Builder(part, projected).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        visitor.accept(row.getString(TRIAL, 0), row.getString(column, 0));
      }
    }
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    Builder(Path file, Configuration configuration) throws IOException {
      super(HadoopInputFile.fromPath(file, configuration));
      withConf(configuration);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
