package org.sparksbp.rounds;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.HashMap;
import java.util.Map;
import org.sparksbp.learner.WorkerMemory;

/** A worker memory through Kryo, whatever class of map it has: no map need be registered. */
final class WorkerMemorySerializer extends Serializer<WorkerMemory> {

  WorkerMemorySerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, WorkerMemory memory) {
    output.writeInt(memory.entries().size(), true);
    memory
        .entries()
        .forEach(
            (name, values) -> {
              output.writeString(name);
              output.writeInt(values.length, true);
              output.writeFloats(values);
            });
  }

  @Override
  public WorkerMemory read(Kryo kryo, Input input, Class<WorkerMemory> type) {
    int size = input.readInt(true);
    Map<String, float[]> entries = new HashMap<>();
    for (int i = 0; i < size; i++) {
      String name = input.readString();
      entries.put(name, input.readFloats(input.readInt(true)));
    }
    return new WorkerMemory(entries);
  }
}
