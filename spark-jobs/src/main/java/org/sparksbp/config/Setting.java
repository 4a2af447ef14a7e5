package org.sparksbp.config;

/**
 * A key with the value it has in a run.
 *
 * @param key full path, dots between
 * @param value as it would be written in a file
 * @param origin where the value comes from: {@code --set}, a file with its line, or a default
 */
public record Setting(String key, String value, String origin) {}
