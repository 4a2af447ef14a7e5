package org.sparksbp.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.spike.Sample;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;
import org.sparksbp.worker.Tally;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class SbpKryoRegistratorTest {

  private static final ClassTag<SampleBlock> BLOCK = ClassTag$.MODULE$.apply(SampleBlock.class);

  private final SparkConf configuration = TrainingFixture.sparkConf("local[2]");
  private final SerializerInstance kryo = new KryoSerializer(configuration).newInstance();

  @Test
  void whatStaysOnAWorkerSurvivesSpilling() {
    WorkerMemory memory = new WorkerMemory(Map.of("a", new float[] {1, 2}, "b", new float[0]));
    Tally tally =
        Tally.of(ClassificationMeasure.ofSamples(TrainingFixture.CLASSES), new Work(1, 2, 3, 4, 5));
    Divergence divergence = new Divergence.Outputs(3, 5);
    WorkerResult result =
        through(new WorkerResult(new float[] {0.5f}, 7, tally, divergence, memory));
    assertThat(result.memory().entries().get("a")).containsExactly(1, 2);
    assertThat(result.memory().entries().get("b")).isEmpty();
    assertThat(result.tally()).usingRecursiveComparison().isEqualTo(tally);
    RoundSum sum = through(result.sum());
    assertThat(sum.parameters().samples()).isEqualTo(7);
    assertThat(sum.tallies().get(0)).usingRecursiveComparison().isEqualTo(tally);
    assertThat(sum.divergence()).isEqualTo(divergence);
    assertThat(sum.remembers()).isTrue();
    assertThat(through(WorkerMemory.EMPTY).isEmpty()).isTrue();
  }

  @Test
  void ofABlockOfSamplesItsNumberGoesToAnotherProcess() {
    List<Sample> samples = TrainingFixture.samples("train", 2_000);
    try (JavaSparkContext spark = TrainingFixture.context(configuration);
        SampleBlocks blocks =
            SampleBlocks.dealt(TrainingFixture.set(spark, samples).samples(), 2_000, 3)) {
      blocks.load();
      List<SampleBlock> collected = blocks.rdd().collect();
      assertThat(collected).hasSize(3);
      SampleBlock read = through(collected.get(1));
      assertThat(read.worker()).isEqualTo(1);
      assertThat(kryo.serialize(collected.get(1), BLOCK).limit()).isLessThan(100);
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T through(T value) {
    var tag = ClassTag$.MODULE$.<T>apply(value.getClass());
    ByteBuffer bytes = kryo.serialize(value, tag);
    return kryo.deserialize(bytes, tag);
  }
}
