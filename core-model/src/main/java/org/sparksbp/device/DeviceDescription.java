package org.sparksbp.device;

/**
 * What a device is, as it tells itself.
 *
 * @param name for example {@code NVIDIA H200}
 * @param driver version of its driver
 * @param memoryBytes all of its memory
 * @param largestBufferBytes most that one buffer may take
 * @param localMemoryBytes memory that the work-items of a work-group share
 * @param workGroupSize most work-items of a work-group
 * @param computeUnits work-groups that it works on at a time, at least
 */
public record DeviceDescription(
    String name,
    String driver,
    long memoryBytes,
    long largestBufferBytes,
    int localMemoryBytes,
    int workGroupSize,
    int computeUnits) {}
