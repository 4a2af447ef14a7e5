package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_NAME;
import static org.lwjgl.opencl.CL10.CL_DRIVER_VERSION;
import static org.lwjgl.opencl.CL10.CL_SUCCESS;
import static org.lwjgl.opencl.CL10.clGetDeviceInfo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/** Asks OpenCL for what a device tells of itself. */
final class DeviceInfo {

  private DeviceInfo() {}

  static DeviceDescription describe(long device) {
    return new DeviceDescription(
        text(device, CL_DEVICE_NAME),
        text(device, CL_DRIVER_VERSION),
        number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        (int) number(device, CL_DEVICE_LOCAL_MEM_SIZE),
        (int) number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        (int) number(device, CL_DEVICE_MAX_COMPUTE_UNITS));
  }

  /** A number of 4 or 8 bytes. */
  static long number(long device, int what) {
    byte[] bytes = bytes(device, what);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  /** What OpenCL tells, as it is; empty if it does not know. */
  static byte[] bytes(long device, int what) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer length = stack.mallocPointer(1);
      if (clGetDeviceInfo(device, what, (ByteBuffer) null, length) != CL_SUCCESS) {
        return new byte[0];
      }
      ByteBuffer value = stack.malloc((int) length.get(0));
      clGetDeviceInfo(device, what, value, null);
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      return bytes;
    }
  }

  private static String text(long device, int what) {
    byte[] bytes = bytes(device, what);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
  }
}
