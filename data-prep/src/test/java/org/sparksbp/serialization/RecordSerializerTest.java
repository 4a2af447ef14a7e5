package org.sparksbp.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {

  private record Leaf(double value, String text) {}

  private record Everything(
      int whole,
      long large,
      boolean yes,
      byte small,
      float[] values,
      String text,
      Leaf leaf,
      ArrayList<Leaf> leaves,
      Object any) {}

  private record Positive(int value) {
    private Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("Invalid value: " + value);
      }
    }
  }

  @Test
  void everyComponentComesBack() {
    Everything sent =
        new Everything(
            -7,
            1L << 40,
            true,
            (byte) 3,
            new float[] {1.5f, -0f},
            "text",
            new Leaf(0.25, "leaf"),
            new ArrayList<>(List.of(new Leaf(1, "a"), new Leaf(2, "b"))),
            new Leaf(4, "any"));

    Everything back = there(sent, Everything.class);

    assertThat(back).usingRecursiveComparison().isEqualTo(sent);
  }

  @Test
  void unknownComponentsStayNull() {
    Everything sent = new Everything(0, 0, false, (byte) 0, null, null, null, null, null);

    assertThat(there(sent, Everything.class)).isEqualTo(sent);
  }

  @Test
  void whatTheConstructorRefusesIsRefusedWhenRead() {
    Kryo kryo = kryo();
    Output output = new Output(64, -1);
    kryo.writeObject(output, new Positive(1));
    byte[] bytes = output.toBytes();
    bytes[bytes.length - 1] = 1; // -1, zigzag coded

    assertThatThrownBy(() -> kryo.readObject(new Input(bytes), Positive.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid value: -1");
  }

  @Test
  void aClassThatIsNotRegisteredIsRefused() {
    Everything sent =
        new Everything(0, 0, false, (byte) 0, null, null, null, null, new StringBuilder());

    assertThatThrownBy(() -> there(sent, Everything.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Class is not registered");
  }

  private static <T> T there(T value, Class<T> type) {
    Kryo kryo = kryo();
    Output output = new Output(64, -1);
    kryo.writeObject(output, value);
    return kryo.readObject(new Input(output.toBytes()), type);
  }

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.register(float[].class);
    kryo.register(ArrayList.class);
    RecordSerializer.register(kryo, Leaf.class, Everything.class, Positive.class);
    return kryo;
  }
}
