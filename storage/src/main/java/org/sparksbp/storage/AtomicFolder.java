package org.sparksbp.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.modelfolder.FolderReader;
import org.sparksbp.modelfolder.FolderWriter;
import org.sparksbp.modelfolder.ModelFolder;
import org.sparksbp.modelfolder.SavedModel;

/** A folder of any Hadoop file system, replaced as a whole or read. */
public final class AtomicFolder {

  private final FileSystem files;
  private final Path folder;

  /** What fills a new folder. */
  @FunctionalInterface
  public interface Content {
    void write(FolderWriter folder) throws IOException;
  }

  public AtomicFolder(Configuration hadoop, Path folder) throws IOException {
    this.files = folder.getFileSystem(hadoop);
    this.folder = files.makeQualified(folder);
  }

  /** Writes a folder aside and puts it in the place of an earlier one. */
  public void replace(Content content) throws IOException {
    Path aside = new Path(folder.getParent(), "." + folder.getName() + ".writing");
    files.delete(aside, true);
    files.mkdirs(aside);
    FolderWriter writer = name -> open(new Path(aside, name));
    content.write(writer);
    files.delete(folder, true);
    if (!files.rename(aside, folder)) {
      throw new IOException("Cannot rename " + aside + " to " + folder);
    }
  }

  /** Reads files of the folder. */
  public FolderReader reader() {
    return this::openForReading;
  }

  /** Reads the model in this folder. */
  public SavedModel readModel() throws IOException {
    return ModelFolder.read(reader(), folder.toString());
  }

  private InputStream openForReading(String name) throws IOException {
    return files.open(new Path(folder, name));
  }

  private OutputStream open(Path file) throws IOException {
    return files.create(file, true);
  }
}
