package org.sparksbp.modelfolder;

import java.io.IOException;
import java.io.OutputStream;

/** Where the files of a folder are written: a local disk, a distributed file system, memory. */
@FunctionalInterface
public interface FolderWriter {

  /** Creates a file of that name; the caller closes it. */
  OutputStream create(String name) throws IOException;
}
