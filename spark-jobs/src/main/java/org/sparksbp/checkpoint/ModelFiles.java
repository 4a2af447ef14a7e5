package org.sparksbp.checkpoint;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.modelfolder.ModelFolder;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.storage.AtomicFolder;

/** Model folders on any Hadoop file system, replaced as a whole. */
public final class ModelFiles {

  private ModelFiles() {}

  /** Writes a model in place of an earlier one. */
  public static void write(Configuration hadoop, Path folder, SavedModel model) throws IOException {
    try (AtomicFolder files = new AtomicFolder(hadoop, folder)) {
      ModelFolder.write(model, files::create);
      files.commit();
    }
  }

  /**
   * Reads a model.
   *
   * @throws org.sparksbp.modelfolder.InvalidModelException naming the file that is missing or
   *     broken
   */
  public static SavedModel read(Configuration hadoop, Path folder) throws IOException {
    Path place = folder.getFileSystem(hadoop).makeQualified(folder);
    return ModelFolder.read(name -> AtomicFolder.open(hadoop, place, name), place.toString());
  }
}
