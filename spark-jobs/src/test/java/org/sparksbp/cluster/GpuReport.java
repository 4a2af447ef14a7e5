package org.sparksbp.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.training.TrainingFixture;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Jobs whose tasks report the GPU that they were assigned. */
final class GpuReport {

  /** GPUs of this process that tasks hold, by how many. */
  private static final Map<String, Integer> HELD = new ConcurrentHashMap<>();

  private GpuReport() {}

  /** A script that claims as many GPUs as are named. */
  static java.nio.file.Path claiming(java.nio.file.Path folder, String... addresses)
      throws java.io.IOException {
    java.nio.file.Path script = folder.resolve("claims-" + addresses.length + ".sh");
    String list = "\"" + String.join("\",\"", addresses) + "\"";
    java.nio.file.Files.writeString(
        script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[" + list + "]}'\n");
    script.toFile().setExecutable(true);
    return script;
  }

  /** Settings of an application on executors with two GPUs each. */
  static SparkConf withTwoGpus(SparkConf spark, String ofATask) {
    return spark.set(GpuAmounts.EXECUTOR_AMOUNT, "2").set(GpuAmounts.TASK_AMOUNT, ofATask);
  }

  /** Settings of a cluster in this process, of one executor with four cores and two GPUs. */
  static SparkConf localCluster(java.nio.file.Path folder, String ofATask)
      throws java.io.IOException {
    return withTwoGpus(TrainingFixture.localClusterConf(), ofATask)
        .setMaster("local-cluster[1,4,512]")
        .set("spark.worker.resource.gpu.amount", "2")
        .set("spark.worker.resource.gpu.discoveryScript", claiming(folder, "0", "1").toString());
  }

  /**
   * Addresses of tasks that all run at the same time, each as {@code executor:address}, with how
   * many have it.
   */
  static Map<String, Integer> atOnce(JavaSparkContext spark, int tasks) {
    Map<String, Integer> counts = new TreeMap<>();
    ClassTag<String> text = ClassTag$.MODULE$.apply(String.class);
    JavaRDD<Integer> numbers = spark.parallelize(numbers(tasks), tasks);
    JavaRDD.fromRDD(numbers.rdd().barrier().mapPartitions(new Address(), false, text), text)
        .collect()
        .forEach(address -> counts.merge(address, 1, Integer::sum));
    return counts;
  }

  /** Most tasks that have had one GPU at a time, over many short tasks. */
  static int mostOnOne(JavaSparkContext spark, int tasks) {
    return spark.parallelize(numbers(tasks), tasks).map(GpuReport::hold).collect().stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElseThrow();
  }

  private static int hold(int number) throws InterruptedException {
    String address = AssignedGpu.address().orElseThrow();
    int holders = HELD.merge(address, 1, Integer::sum);
    Thread.sleep(20);
    HELD.merge(address, -1, Integer::sum);
    return holders;
  }

  private static List<Integer> numbers(int count) {
    return new ArrayList<>(IntStream.range(0, count).boxed().toList());
  }

  private static final class Address extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> apply(Iterator<Integer> elements) {
      String address = SparkEnv.get().executorId() + ':' + AssignedGpu.address().orElseThrow();
      // All hold theirs until the last has come.
      BarrierTaskContext.get().barrier();
      return JavaConverters.asScalaIteratorConverter(List.of(address).iterator()).asScala();
    }
  }
}
