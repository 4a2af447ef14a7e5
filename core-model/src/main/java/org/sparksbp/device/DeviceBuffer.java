package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.clEnqueueCopyBuffer;
import static org.lwjgl.opencl.CL10.clEnqueueReadBuffer;
import static org.lwjgl.opencl.CL10.clEnqueueWriteBuffer;
import static org.lwjgl.opencl.CL10.clReleaseMemObject;
import static org.lwjgl.opencl.CL12.clEnqueueFillBuffer;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** Memory of a device. All offsets and lengths are in elements of 4 bytes, or of 8 for longs. */
public final class DeviceBuffer implements AutoCloseable {

  private final Device device;
  private final long memory;
  private final long bytes;
  private boolean closed;

  DeviceBuffer(Device device, long memory, long bytes) {
    this.device = device;
    this.memory = memory;
    this.bytes = bytes;
  }

  public long bytes() {
    return bytes;
  }

  long memory() {
    return memory;
  }

  /** Writes all of an array; it may be changed afterwards. */
  public void write(long offset, float[] values) {
    write(
        offset * Float.BYTES,
        (long) values.length * Float.BYTES,
        copy -> copy.asFloatBuffer().put(values));
  }

  /** Writes all of an array; it may be changed afterwards. */
  public void write(long offset, int[] values) {
    write(
        offset * Integer.BYTES,
        (long) values.length * Integer.BYTES,
        copy -> copy.asIntBuffer().put(values));
  }

  /** Writes all of an array; it may be changed afterwards. */
  public void write(long offset, long[] values) {
    write(
        offset * Long.BYTES,
        (long) values.length * Long.BYTES,
        copy -> copy.asLongBuffer().put(values));
  }

  /** Fills an array, when all that the device was given before is done. */
  public void read(long offset, float[] values) {
    read(
        offset * Float.BYTES,
        (long) values.length * Float.BYTES,
        copy -> copy.asFloatBuffer().get(values));
  }

  /** Fills an array, when all that the device was given before is done. */
  public void read(long offset, int[] values) {
    read(
        offset * Integer.BYTES,
        (long) values.length * Integer.BYTES,
        copy -> copy.asIntBuffer().get(values));
  }

  // By way of memory outside the heap: an array that the driver held while the device is busy would
  // keep the garbage collector waiting as long.

  private void write(long at, long length, Consumer<ByteBuffer> filling) {
    if (length > 0) {
      ByteBuffer copy = MemoryUtil.memAlloc(Math.toIntExact(length));
      try {
        filling.accept(copy);
        Device.check(
            clEnqueueWriteBuffer(device.queue(), memory, true, at, copy, null, null),
            "write to the device");
      } finally {
        MemoryUtil.memFree(copy);
      }
      device.countWritten(length);
    }
  }

  private void read(long at, long length, Consumer<ByteBuffer> emptying) {
    if (length > 0) {
      ByteBuffer copy = MemoryUtil.memAlloc(Math.toIntExact(length));
      try {
        Device.check(
            clEnqueueReadBuffer(device.queue(), memory, true, at, copy, null, null),
            "read from the device");
        emptying.accept(copy);
      } finally {
        MemoryUtil.memFree(copy);
      }
      device.countRead(length);
    }
  }

  /** Sets elements of 4 bytes to 0. */
  public void clear(long offset, long length) {
    if (length > 0) {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        Device.check(
            clEnqueueFillBuffer(
                device.queue(),
                memory,
                stack.calloc(Integer.BYTES),
                offset * Integer.BYTES,
                length * Integer.BYTES,
                null,
                null),
            "clear memory of the device");
      }
    }
  }

  /** Copies elements of 4 bytes to another buffer, on the device. */
  public void copyTo(DeviceBuffer target, long offset, long targetOffset, long length) {
    if (length > 0) {
      Device.check(
          clEnqueueCopyBuffer(
              device.queue(),
              memory,
              target.memory,
              offset * Float.BYTES,
              targetOffset * Float.BYTES,
              length * Float.BYTES,
              null,
              null),
          "copy memory of the device");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      clReleaseMemObject(memory);
      device.freed(bytes);
    }
  }
}
