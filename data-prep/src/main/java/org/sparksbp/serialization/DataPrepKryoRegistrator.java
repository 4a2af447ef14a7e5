package org.sparksbp.serialization;

import com.esotericsoftware.kryo.Kryo;
import org.apache.spark.serializer.KryoRegistrator;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/**
 * Registers all that preparing and reading shards send through Kryo, so that {@code
 * spark.kryo.registrationRequired=true} holds. A registrator of a larger job calls {@link
 * #registerClasses} first.
 */
public final class DataPrepKryoRegistrator implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(SpikeTrain.class, new SpikeTrainSerializer());
    kryo.register(Sample.class, new SampleSerializer());
    kryo.register(Sample[].class);
    kryo.register(SpikeTrain[].class);
    kryo.register(String[].class);
    kryo.register(Object[].class);
    kryo.register(long[].class);
    kryo.register(long[][].class);
    kryo.register(float[].class);
    kryo.register(byte[].class);
    kryo.register(scala.Tuple2[].class);
  }
}
