package org.sparksbp.benchmark;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a benchmark works on.
 *
 * @param hadoop file systems
 * @param shards prepared digits to learn; without them raw digits are prepared
 * @param raw digits to prepare; without them synthetic ones are made
 */
public record BenchmarkInput(Configuration hadoop, Optional<Path> shards, Optional<Path> raw) {}
