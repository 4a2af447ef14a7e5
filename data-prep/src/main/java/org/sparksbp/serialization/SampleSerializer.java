package org.sparksbp.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** A sample through Kryo, whose own serializer cannot set the fields of a record. */
public final class SampleSerializer extends Serializer<Sample> {

  private final SpikeTrainSerializer trains = new SpikeTrainSerializer();

  public SampleSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, Sample sample) {
    output.writeString(sample.id());
    trains.write(kryo, output, sample.spikes());
    output.writeInt(sample.target().length, true);
    output.writeFloats(sample.target());
    output.writeInt(sample.label(), false);
    output.writeString(sample.group());
  }

  @Override
  public Sample read(Kryo kryo, Input input, Class<Sample> type) {
    String id = input.readString();
    SpikeTrain spikes = trains.read(kryo, input, SpikeTrain.class);
    float[] target = input.readFloats(input.readInt(true));
    int label = input.readInt(false);
    return new Sample(id, spikes, target, label, input.readString());
  }
}
