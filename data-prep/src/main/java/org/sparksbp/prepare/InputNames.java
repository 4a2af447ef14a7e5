package org.sparksbp.prepare;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Names of raw files as paths below the input folder, the same wherever that folder lies. */
final class InputNames {

  private final FileSystem files;
  private final String prefix;

  InputNames(Configuration hadoop, Path input) throws IOException {
    files = input.getFileSystem(hadoop);
    prefix = files.makeQualified(input) + "/";
  }

  String of(String path) {
    Path whole = new Path(path);
    String text = files.makeQualified(whole).toString();
    return text.startsWith(prefix) ? text.substring(prefix.length()) : whole.getName();
  }
}
