package org.sparksbp.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration file includes: files beside it, wherever it lies, also where {@code file()}
 * or {@code url()} is written around their names. One that is not there is an error, where the
 * library would leave it out without a word.
 */
final class IncludedFiles
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  /** How deep files include one another before it must be a circle. */
  private static final int MAX_DEPTH = 50;

  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  private final ConfigurationFile file;
  private final int depth;

  IncludedFiles(ConfigurationFile file) {
    this(file, 0);
  }

  private IncludedFiles(ConfigurationFile file, int depth) {
    this.file = file;
    this.depth = depth;
  }

  /** How a file with includes is parsed. */
  ConfigParseOptions options() {
    return ConfigParseOptions.defaults().setOriginDescription(file.name()).setIncluder(this);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (depth == MAX_DEPTH) {
      throw new InvalidConfigurationException(
          "Cannot read configuration " + file.name() + ": files include one another in a circle");
    }
    try {
      for (String ending : ENDINGS) {
        Optional<ConfigurationFile> included = file.beside(what + ending);
        if (included.isPresent()) {
          IncludedFiles within = new IncludedFiles(included.get(), depth + 1);
          return ConfigFactory.parseString(included.get().text(), within.options()).root();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "Cannot read " + what + ", included by " + file.name() + ": " + e.getMessage(), e);
    }
    throw cannotInclude(what, "there is no such file");
  }

  private InvalidConfigurationException cannotInclude(String what, String why) {
    return new InvalidConfigurationException(
        "Cannot read configuration " + file.name() + ": it includes " + what + ", and " + why);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return include(context, what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw cannotInclude(
        "classpath(" + what + ")", "files of the program are none of a user's; give a path");
  }

  /** Nothing is looked for elsewhere. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
