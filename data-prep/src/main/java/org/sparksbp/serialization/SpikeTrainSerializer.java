package org.sparksbp.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.sparksbp.spike.SpikeTrain;

/**
 * A spike train, which is no record, through Kryo: its steps, channels, number of events and code.
 */
public final class SpikeTrainSerializer extends Serializer<SpikeTrain> {

  public SpikeTrainSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, SpikeTrain train) {
    output.writeInt(train.steps(), true);
    output.writeInt(train.channels(), true);
    output.writeInt(train.eventCount(), true);
    output.writeInt(train.code().length, true);
    output.writeBytes(train.code());
  }

  @Override
  public SpikeTrain read(Kryo kryo, Input input, Class<SpikeTrain> type) {
    int steps = input.readInt(true);
    int channels = input.readInt(true);
    int events = input.readInt(true);
    byte[] code = input.readBytes(input.readInt(true));
    return SpikeTrain.ofCheckedCode(steps, channels, code, events);
  }
}
