package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.CL_MEM_READ_WRITE;
import static org.lwjgl.opencl.CL10.CL_SUCCESS;
import static org.lwjgl.opencl.CL10.clCreateBuffer;
import static org.lwjgl.opencl.CL10.clCreateCommandQueue;
import static org.lwjgl.opencl.CL10.clCreateContext;
import static org.lwjgl.opencl.CL10.clFinish;
import static org.lwjgl.opencl.CL10.clFlush;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device with its context and one queue, whose commands run in the order in which they were
 * given. May be shared between threads. It stays open as long as the process: what is freed is its
 * memory, buffer by buffer.
 */
public final class Device {

  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  private final long id;
  private final long context;
  private final long queue;
  private final DeviceDescription description;
  private final Map<DeviceSource, DeviceProgram> programs = new HashMap<>();
  private final AtomicLong allocated = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  Device(long id) {
    this.id = id;
    this.description = DeviceInfo.describe(id);
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer error = stack.mallocInt(1);
      PointerBuffer none = stack.pointers(0);
      this.context = clCreateContext(none, id, null, 0, error);
      check(error.get(0), "open " + description.name());
      this.queue = clCreateCommandQueue(context, id, 0, error);
      check(error.get(0), "open a queue of " + description.name());
    }
    LOG.info(
        "Device: {}, {} MiB, driver {}",
        description.name(),
        description.memoryBytes() >> 20,
        description.driver());
  }

  public DeviceDescription description() {
    return description;
  }

  /** Bytes of all buffers that are not closed. */
  public long allocatedBytes() {
    return allocated.get();
  }

  /** Bytes written from this process to the device since it was opened. */
  public long writtenBytes() {
    return written.get();
  }

  /** Bytes read from the device to this process since it was opened. */
  public long readBytes() {
    return read.get();
  }

  /**
   * Allocates memory, which holds anything.
   *
   * @throws DeviceMemoryException if there is not as much
   */
  public DeviceBuffer allocate(long bytes) {
    long size = Math.max(bytes, Long.BYTES);
    if (size > description.largestBufferBytes()
        || allocated.get() + size > description.memoryBytes()) {
      throw outOfMemory(size);
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer error = stack.mallocInt(1);
      long memory = clCreateBuffer(context, CL_MEM_READ_WRITE, size, error);
      if (error.get(0) != CL_SUCCESS) {
        throw outOfMemory(size);
      }
      allocated.addAndGet(size);
      return new DeviceBuffer(this, memory, size);
    }
  }

  private DeviceMemoryException outOfMemory(long bytes) {
    return new DeviceMemoryException(
        "Cannot allocate "
            + (bytes >> 20)
            + " MiB on "
            + description.name()
            + ": "
            + (allocated.get() >> 20)
            + " of "
            + (description.memoryBytes() >> 20)
            + " MiB are taken, one buffer may have "
            + (description.largestBufferBytes() >> 20)
            + "; train fewer trials at a time (sweep.pack) or a smaller network");
  }

  /** The program of a source, built once. */
  public DeviceProgram program(DeviceSource source) {
    synchronized (programs) {
      return programs.computeIfAbsent(source, s -> DeviceProgram.build(this, s));
    }
  }

  /** Waits until all that was given to the device is done. */
  public void finish() {
    check(clFinish(queue), "finish");
  }

  /** Has the device begin with what it was given, without waiting for it. */
  public void flush() {
    check(clFlush(queue), "begin");
  }

  long id() {
    return id;
  }

  long context() {
    return context;
  }

  long queue() {
    return queue;
  }

  void freed(long bytes) {
    allocated.addAndGet(-bytes);
  }

  void countWritten(long bytes) {
    written.addAndGet(bytes);
  }

  void countRead(long bytes) {
    read.addAndGet(bytes);
  }

  /**
   * Checks what an OpenCL function returned.
   *
   * @param what was to be done, in words
   * @throws DeviceException if it was not
   */
  static void check(int code, String what) {
    if (code != CL_SUCCESS) {
      throw new DeviceException("Cannot " + what + ": OpenCL error " + code);
    }
  }
}
