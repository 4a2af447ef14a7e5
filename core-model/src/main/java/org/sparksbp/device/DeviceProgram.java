package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.CL_PROGRAM_BUILD_LOG;
import static org.lwjgl.opencl.CL10.CL_SUCCESS;
import static org.lwjgl.opencl.CL10.clBuildProgram;
import static org.lwjgl.opencl.CL10.clCreateKernel;
import static org.lwjgl.opencl.CL10.clCreateProgramWithSource;
import static org.lwjgl.opencl.CL10.clGetProgramBuildInfo;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** A built program. */
public final class DeviceProgram {

  private final Device device;
  private final long program;

  private DeviceProgram(Device device, long program) {
    this.device = device;
    this.program = program;
  }

  static DeviceProgram build(Device device, DeviceSource source) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer error = stack.mallocInt(1);
      long program = clCreateProgramWithSource(device.context(), source.text(), error);
      Device.check(error.get(0), "take in a program");
      int built = clBuildProgram(program, device.id(), source.options(), null, 0);
      if (built != CL_SUCCESS) {
        throw new DeviceException(
            "Cannot build "
                + source.resources()
                + " with "
                + source.options()
                + " for "
                + device.description().name()
                + ": OpenCL error "
                + built
                + "\n"
                + log(device, program));
      }
      return new DeviceProgram(device, program);
    }
  }

  private static String log(Device device, long program) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer length = stack.mallocPointer(1);
      clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, length);
      ByteBuffer log = MemoryUtil.memAlloc((int) length.get(0));
      try {
        clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, log, null);
        byte[] bytes = new byte[log.remaining()];
        log.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8).trim();
      } finally {
        MemoryUtil.memFree(log);
      }
    }
  }

  /** A kernel of the program, to be used by one thread at a time. */
  public DeviceKernel kernel(String name) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer error = stack.mallocInt(1);
      long kernel = clCreateKernel(program, name, error);
      Device.check(error.get(0), "find the kernel " + name);
      return new DeviceKernel(device, kernel, name);
    }
  }
}
