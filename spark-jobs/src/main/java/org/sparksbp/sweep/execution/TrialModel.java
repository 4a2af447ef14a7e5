package org.sparksbp.sweep.execution;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.sweep.results.ResultsFolder;

/** The folder in which the model of a trial's best epoch is kept, where that is asked for. */
final class TrialModel {

  private final ResultsFolder results;
  private final Path folder;

  TrialModel(ResultsFolder results, TrialRequest request) {
    this.results = results;
    this.folder =
        request.modelFolder().isEmpty() ? null : new Path(results.folder(), request.modelFolder());
  }

  boolean isAskedFor() {
    return folder != null;
  }

  /** Keeps a model in place of that of an epoch before. */
  void keep(SavedModel model) throws IOException {
    if (folder != null) {
      ModelFiles.write(results.hadoop(), folder, model);
    }
  }

  /** Leaves no model of a trial that has failed. */
  void drop() throws IOException {
    if (folder != null) {
      folder.getFileSystem(results.hadoop()).delete(folder, true);
    }
  }
}
