package org.sparksbp.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * A record through Kryo 4, whose own serializers set fields by reflection, which Java forbids for
 * records: components are written in the order of their declaration and read into the canonical
 * constructor. A component of a final class is written without its class, any other with it, and
 * every class on the way must be registered.
 *
 * @param <T> the record
 */
public final class RecordSerializer<T extends Record> extends Serializer<T> {

  private final Class<T> type;
  private final Class<?>[] components;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  /**
   * A serializer for one record class.
   *
   * @param type may be private; its package must be open to this module, as all on a class path are
   */
  public RecordSerializer(Class<T> type) {
    super(false, true);
    this.type = type;
    RecordComponent[] declared = type.getRecordComponents();
    this.components =
        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      this.constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, components))
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      this.accessors = new MethodHandle[components.length];
      for (int i = 0; i < components.length; i++) {
        accessors[i] =
            lookup
                .unreflect(declared[i].getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
      }
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalStateException("Cannot serialize record " + type.getName(), e);
    }
  }

  /** Registers records with a serializer each. */
  @SafeVarargs
  public static void register(Kryo kryo, Class<? extends Record>... records) {
    for (Class<? extends Record> type : records) {
      kryo.register(type, new RecordSerializer<>(type));
    }
  }

  @Override
  public void write(Kryo kryo, Output output, T record) {
    for (int i = 0; i < components.length; i++) {
      Object value = valueOf(record, i);
      Class<?> component = components[i];
      if (component.isPrimitive()) {
        kryo.writeObject(output, value);
      } else if (kryo.isFinal(component)) {
        kryo.writeObjectOrNull(output, value, component);
      } else {
        kryo.writeClassAndObject(output, value);
      }
    }
  }

  @Override
  public T read(Kryo kryo, Input input, Class<T> ignored) {
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> component = components[i];
      if (component.isPrimitive()) {
        values[i] = kryo.readObject(input, MethodType.methodType(component).wrap().returnType());
      } else if (kryo.isFinal(component)) {
        values[i] = kryo.readObjectOrNull(input, component);
      } else {
        values[i] = kryo.readClassAndObject(input);
      }
    }
    try {
      return type.cast(constructor.invokeExact(values));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new KryoException("Cannot read record " + type.getName(), e);
    }
  }

  private Object valueOf(T record, int component) {
    try {
      return accessors[component].invokeExact((Object) record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new KryoException("Cannot write record " + type.getName(), e);
    }
  }
}
