package org.sparksbp.modelfolder;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a folder are read from. */
@FunctionalInterface
public interface FolderReader {

  /**
   * Opens the file of that name; the caller closes it.
   *
   * @throws java.io.FileNotFoundException if there is none
   */
  InputStream open(String name) throws IOException;
}
