package org.sparksbp.benchmark;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.task.Task;

/**
 * What a benchmark works on.
 *
 * @param hadoop file systems
 * @param shards prepared digits to learn; without them raw digits are prepared
 * @param raw digits to prepare; without them synthetic ones are made
 * @param digits the task of the digits
 * @param gestures the task of the gestures, whose recordings are read
 * @param source makes synthetic raw files
 */
public record BenchmarkInput(
    Configuration hadoop,
    Optional<Path> shards,
    Optional<Path> raw,
    Task digits,
    Optional<Task> gestures,
    RawSource source) {}
