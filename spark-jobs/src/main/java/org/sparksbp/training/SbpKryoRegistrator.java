package org.sparksbp.training;

import com.esotericsoftware.kryo.Kryo;
import java.util.ArrayList;
import org.apache.spark.serializer.KryoRegistrator;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.evaluation.Evaluator;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.prepare.DataPrepKryoRegistrator;
import org.sparksbp.worker.SampleBlock;

/**
 * Registers all that training, evaluation and preparing send through Kryo, so that {@code
 * spark.kryo.registrationRequired=true} holds.
 */
public final class SbpKryoRegistrator implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    new DataPrepKryoRegistrator().registerClasses(kryo);
    kryo.register(SampleBlock.class);
    kryo.register(SampleBlock[].class);
    kryo.register(ParameterSum.class);
    kryo.register(RoundSum.class);
    kryo.register(RoundSum[].class);
    kryo.register(WorkerReport.class);
    kryo.register(WorkerResult.class);
    kryo.register(WorkerResult[].class);
    kryo.register(WorkerMemory.class, new WorkerMemorySerializer());
    kryo.register(WorkerMemory[].class);
    kryo.register(ArrayList.class);
    kryo.register(double[].class);
    kryo.register(Integer[].class);
    Evaluator.kryoClasses().forEach(kryo::register);
  }
}
