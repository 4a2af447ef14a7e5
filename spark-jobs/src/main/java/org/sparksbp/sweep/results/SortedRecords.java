package org.sparksbp.sweep.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.jobname.NamedJobs;
import scala.Tuple2;

/**
 * The records of a sweep's trials in the order of the plan, read and sorted by Spark, so that the
 * driver holds a few hundred of them at a time.
 */
public final class SortedRecords implements TrialRecords {

  private static final int ROWS_A_PARTITION = 256;

  private final JavaRDD<String> sorted;

  /**
   * Finds records.
   *
   * @param rows numbers of each trial in the plan
   * @param planned number of rows
   */
  public SortedRecords(
      JavaSparkContext spark, ResultsFolder results, Map<String, List<Integer>> rows, int planned)
      throws IOException {
    HashMap<String, List<Integer>> wanted = new HashMap<>();
    rows.forEach((id, numbers) -> wanted.put(id, new ArrayList<>(numbers)));
    List<String> files = new ArrayList<>();
    results.recordFiles().forEach(file -> files.add(file.toString()));
    new CompactedRecords(results).files().forEach(file -> files.add(file.toString()));
    int slices = Math.max(1, Math.min(files.size(), 4 * spark.defaultParallelism()));
    try (NamedJobs ignored = NamedJobs.of(spark, "sort records of trials")) {
      this.sorted =
          spark
              .parallelize(files, slices)
              .flatMapToPair(file -> read(new Path(file), results, wanted))
              .reduceByKey(
                  new Ranges((planned + ROWS_A_PARTITION - 1) / ROWS_A_PARTITION),
                  SortedRecords::better)
              .mapPartitions(SortedRecords::sort, true);
    }
  }

  private static Iterator<Tuple2<Integer, String>> read(
      Path file, ResultsFolder results, Map<String, List<Integer>> wanted) throws IOException {
    List<Tuple2<Integer, String>> found = new ArrayList<>();
    if (file.getName().endsWith(".parquet")) {
      new CompactedRecords(results).records(file, (id, text) -> add(id, text, wanted, found));
    } else {
      String id = ResultsFolder.trialOf(file);
      results.record(file).ifPresent(record -> add(id, record.toJson(), wanted, found));
    }
    return found.iterator();
  }

  private static void add(
      String id,
      String text,
      Map<String, List<Integer>> wanted,
      List<Tuple2<Integer, String>> into) {
    for (int number : wanted.getOrDefault(id, List.of())) {
      into.add(new Tuple2<>(number, text));
    }
  }

  /** The one of two records' texts that tells more. */
  static String better(String one, String other) {
    return TrialRecord.of(other).tellsMoreThan(TrialRecord.of(one)) ? other : one;
  }

  private static Iterator<String> sort(Iterator<Tuple2<Integer, String>> rows) {
    List<Tuple2<Integer, String>> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    all.sort(Comparator.comparing(Tuple2::_1));
    return all.stream().map(row -> row._1() + "\t" + row._2()).iterator();
  }

  @Override
  public SortedSet<String> measures() {
    return new TreeSet<>(
        sorted
            .mapPartitions(
                rows -> {
                  TreeSet<String> names = new TreeSet<>();
                  rows.forEachRemaining(row -> names.addAll(row(row).record().measures()));
                  return names.iterator();
                })
            .collect());
  }

  private static Row row(String text) {
    int tab = text.indexOf('\t');
    return new Row(
        Integer.parseInt(text.substring(0, tab)), TrialRecord.of(text.substring(tab + 1)));
  }

  @Override
  public Iterator<Row> iterator() {
    Iterator<String> rows = sorted.toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return row(rows.next());
      }
    };
  }

  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int ranges;

    Ranges(int ranges) {
      this.ranges = Math.max(1, ranges);
    }

    @Override
    public int numPartitions() {
      return ranges;
    }

    @Override
    public int getPartition(Object number) {
      return (Integer) number / ROWS_A_PARTITION;
    }
  }
}
