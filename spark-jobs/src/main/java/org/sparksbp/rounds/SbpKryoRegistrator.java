package org.sparksbp.rounds;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.nd4j.kryo.Nd4jSerializer;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.cluster.SurveyedGpu;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.serialization.DataPrepKryoRegistrator;
import org.sparksbp.serialization.RecordSerializer;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.Tally;

/**
 * Registers all that training, evaluation and preparing send through Kryo, so that {@code
 * spark.kryo.registrationRequired=true} holds.
 */
public final class SbpKryoRegistrator implements KryoRegistrator {

  private static final List<String> ND4J_ARRAYS =
      List.of("org.nd4j.linalg.cpu.nativecpu.NDArray", "org.nd4j.linalg.jcublas.JCublasNDArray");

  @Override
  public void registerClasses(Kryo kryo) {
    new DataPrepKryoRegistrator().registerClasses(kryo);
    kryo.register(SampleBlock.class);
    kryo.register(SampleBlock[].class);
    kryo.register(ParameterSum.class);
    kryo.register(WorkerMemory.class, new WorkerMemorySerializer());
    kryo.register(WorkerMemory[].class);
    registerRecords(
        kryo,
        Work.class,
        Tally.class,
        Divergence.Outputs.class,
        Divergence.Parameters.class,
        RoundSum.class,
        WorkerResult.class,
        RangeReduction.Piece.class,
        RangeReduction.Averaged.class,
        DeviceDescription.class,
        SurveyedGpu.class,
        AllReduceTask.Result.class);
    kryo.register(ArrayList.class);
    kryo.register(double[].class);
    kryo.register(Integer[].class);
    registerDeeplearning4j(kryo);
  }

  /** Registers records and arrays of them. */
  @SafeVarargs
  private static void registerRecords(Kryo kryo, Class<? extends Record>... records) {
    RecordSerializer.register(kryo, records);
    for (Class<? extends Record> type : records) {
      kryo.register(type.arrayType());
    }
  }

  /**
   * What Deeplearning4j's training master sends; its own graph of settings goes as Java objects.
   */
  private void registerDeeplearning4j(Kryo kryo) {
    for (String array : ND4J_ARRAYS) {
      // Named, not asked of ND4J, which would load its natives into every process.
      try {
        kryo.register(
            Class.forName(array, false, getClass().getClassLoader()), new Nd4jSerializer());
      } catch (ClassNotFoundException e) {
        // Not the back end of this class path.
      }
    }
    kryo.register(NetBroadcastTuple.class, new JavaSerializer());
    kryo.register(ParameterAveragingAggregationTuple.class, new JavaSerializer());
    kryo.register(ParameterAveragingTrainingResult.class, new JavaSerializer());
  }
}
