package org.sparksbp.device;

import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE_ALL;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE_CPU;
import static org.lwjgl.opencl.CL10.clGetDeviceIDs;
import static org.lwjgl.opencl.CL10.clGetPlatformIDs;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;

/** Finds the devices of this machine. Each is opened once in a process and stays open. */
public final class Devices {

  /** Set to {@code all} to take processors for devices too, which only tests want. */
  public static final String TYPES = "sbp.device.types";

  private static final String LIBRARY = "libOpenCL.so.1";
  private static final int UUID = 0x106A; // CL_DEVICE_UUID_KHR
  private static final int UUID_BYTES = 16;
  private static final Map<Long, Device> OPEN = new HashMap<>();

  private Devices() {}

  /**
   * The device at an address.
   *
   * @param address its number among this machine's graphics cards, from 0; its UUID as the driver's
   *     tools print it; or empty for the first
   * @throws NoDeviceException saying what is missing, if there is none
   */
  public static Device open(String address) {
    synchronized (OPEN) {
      return OPEN.computeIfAbsent(find(address), Device::new);
    }
  }

  /**
   * What the device at an address is.
   *
   * @param address see {@link #open}
   * @throws NoDeviceException saying what is missing, if there is none
   */
  public static DeviceDescription describe(String address) {
    return open(address).description();
  }

  private static long find(String address) {
    List<String> refused = new ArrayList<>();
    List<Long> usable = usable(refused);
    if (usable.isEmpty()) {
      throw new NoDeviceException(
          "Cannot compute on a graphics card: OpenCL ("
              + LIBRARY
              + ") names none"
              + (refused.isEmpty()
                  ? "; install the card's driver, and see that /etc/OpenCL/vendors has its file"
                  : ", only " + String.join(", ", refused))
              + "; or set compute.device to cpu");
    }
    if (address.isEmpty()) {
      return usable.get(0);
    }
    if (address.matches("\\d{1,6}")) {
      int number = Integer.parseInt(address);
      if (number < usable.size()) {
        return usable.get(number);
      }
    }
    String digits = address.toLowerCase(Locale.ROOT).replaceFirst("^gpu-", "").replace("-", "");
    for (long device : usable) {
      if (uuid(device).equals(digits)) {
        return device;
      }
    }
    throw new NoDeviceException(
        "Cannot compute on the graphics card with the address "
            + address
            + ": OpenCL names "
            + usable.size()
            + ", numbered from 0");
  }

  /** The devices in the order of their platforms. */
  private static List<Long> usable(List<String> refused) {
    boolean all = "all".equals(System.getProperty(TYPES));
    List<Long> usable = new ArrayList<>();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      load();
      clGetPlatformIDs(null, count);
      if (count.get(0) == 0) {
        return usable;
      }
      PointerBuffer platforms = stack.mallocPointer(count.get(0));
      clGetPlatformIDs(platforms, (IntBuffer) null);
      for (int p = 0; p < platforms.capacity(); p++) {
        clGetDeviceIDs(platforms.get(p), CL_DEVICE_TYPE_ALL, null, count);
        PointerBuffer devices = stack.mallocPointer(count.get(0));
        clGetDeviceIDs(platforms.get(p), CL_DEVICE_TYPE_ALL, devices, (IntBuffer) null);
        for (int d = 0; d < devices.capacity(); d++) {
          boolean processor =
              (DeviceInfo.number(devices.get(d), CL_DEVICE_TYPE) & CL_DEVICE_TYPE_CPU) != 0;
          if (all || !processor) {
            usable.add(devices.get(d));
          } else {
            refused.add("the processor " + DeviceInfo.describe(devices.get(d)).name());
          }
        }
      }
    }
    return usable;
  }

  private static void load() {
    try {
      if (Configuration.OPENCL_LIBRARY_NAME.get() == null) {
        Configuration.OPENCL_LIBRARY_NAME.set(LIBRARY);
      }
      CL.getICD();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new NoDeviceException(
          "Cannot compute on a graphics card: the OpenCL loader "
              + LIBRARY
              + " cannot be loaded ("
              + e.getMessage()
              + "); install it (Debian: ocl-icd-libopencl1) beside the card's driver, or set"
              + " compute.device to cpu",
          e);
    }
  }

  private static String uuid(long device) {
    byte[] bytes = DeviceInfo.bytes(device, UUID);
    return bytes.length == UUID_BYTES ? HexFormat.of().formatHex(bytes) : "";
  }
}
