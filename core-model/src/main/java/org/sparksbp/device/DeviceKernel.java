package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.clEnqueueNDRangeKernel;
import static org.lwjgl.opencl.CL10.clReleaseKernel;
import static org.lwjgl.opencl.CL10.clSetKernelArg1f;
import static org.lwjgl.opencl.CL10.clSetKernelArg1i;
import static org.lwjgl.opencl.CL10.clSetKernelArg1l;
import static org.lwjgl.opencl.CL10.clSetKernelArg1p;

import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/** One function of a program that many work-groups run. Used by one thread at a time. */
public final class DeviceKernel implements AutoCloseable {

  private static final int DIMENSIONS = 3;

  private final Device device;
  private final long kernel;
  private final String name;

  DeviceKernel(Device device, long kernel, String name) {
    this.device = device;
    this.kernel = kernel;
    this.name = name;
  }

  /**
   * The work-groups of a launch.
   *
   * @param items work-items of a group
   * @param x groups in the first dimension
   * @param y in the second
   * @param z in the third
   */
  public record Groups(int items, long x, long y, long z) {
    public static Groups of(int items, long x) {
      return new Groups(items, x, 1, 1);
    }

    public static Groups of(int items, long x, long y) {
      return new Groups(items, x, y, 1);
    }
  }

  /**
   * Queues a launch and does not wait for it.
   *
   * @param arguments in the kernel's order: {@link DeviceBuffer}, {@link Integer}, {@link Float} or
   *     {@link Long}
   */
  public void launch(Groups groups, Object... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Device.check(set(i, arguments[i]), "pass argument " + i + " to " + name);
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer global = stack.pointers(groups.x * groups.items, groups.y, groups.z);
      PointerBuffer local = stack.pointers(groups.items, 1, 1);
      Device.check(
          clEnqueueNDRangeKernel(
              device.queue(), kernel, DIMENSIONS, null, global, local, null, null),
          "launch " + name);
    }
  }

  private int set(int index, Object argument) {
    if (argument instanceof DeviceBuffer buffer) {
      return clSetKernelArg1p(kernel, index, buffer.memory());
    } else if (argument instanceof Integer number) {
      return clSetKernelArg1i(kernel, index, number);
    } else if (argument instanceof Float number) {
      return clSetKernelArg1f(kernel, index, number);
    } else if (argument instanceof Long number) {
      return clSetKernelArg1l(kernel, index, number);
    }
    throw new IllegalArgumentException("no argument of a kernel: " + argument);
  }

  @Override
  public void close() {
    clReleaseKernel(kernel);
  }
}
