package org.sparksbp.learner;

/**
 * A setting that does not go with something else, and what would.
 *
 * @param name the setting
 * @param value that it has
 * @param instead the value that would go
 */
public record SettingChange(String name, String value, String instead) {}
