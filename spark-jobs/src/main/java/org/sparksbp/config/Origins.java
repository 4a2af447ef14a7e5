package org.sparksbp.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;

/** Where a value stands, said in the user's words. */
final class Origins {

  static final ConfigRenderOptions CONCISE =
      ConfigRenderOptions.concise().setOriginComments(false).setComments(false);

  static final String COMMAND_LINE = "--set";
  static final String DATA = "the prepared data";

  private Origins() {}

  static String describe(ConfigOrigin origin) {
    if (origin.resource() != null) {
      String name = origin.resource();
      if (name.endsWith("reference.conf")) {
        return "default";
      }
      return name.contains("/task-defaults/") ? "default of the task" : "default";
    }
    String where =
        origin.filename() == null ? withoutLine(origin.description()) : origin.filename();
    boolean isFile = !where.equals(COMMAND_LINE) && !where.equals(DATA);
    return isFile && origin.lineNumber() > 0 ? where + ":" + origin.lineNumber() : where;
  }

  private static String withoutLine(String description) {
    return description.replaceFirst(": \\d+(-\\d+)?$", "");
  }
}
