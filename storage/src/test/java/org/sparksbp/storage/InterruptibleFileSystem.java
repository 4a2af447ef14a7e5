package org.sparksbp.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A local disk under the scheme {@code plain} that cannot rename over what is there, as object
 * stores cannot, and that a test can step into before a rename.
 */
public final class InterruptibleFileSystem extends RawLocalFileSystem {

  private static Step beforeRename = number -> {};
  private static int renames;

  /** What a test does before a rename. */
  @FunctionalInterface
  interface Step {
    /** Gets the number of the rename, from 1. */
    void before(int rename) throws IOException;
  }

  /** What a process does no more once it is killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  static Configuration configuration() {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.plain.impl", InterruptibleFileSystem.class, RawLocalFileSystem.class);
    beforeRename(number -> {});
    return hadoop;
  }

  /** From now on, runs this before each rename. */
  static void beforeRename(Step step) {
    renames = 0;
    beforeRename = step;
  }

  static void killBeforeRename(int number) {
    beforeRename(
        rename -> {
          if (rename == number) {
            throw new Killed();
          }
        });
  }

  @Override
  public String getScheme() {
    return "plain";
  }

  @Override
  public URI getUri() {
    return URI.create("plain:///");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    beforeRename.before(++renames);
    return !exists(to) && super.rename(from, to);
  }
}
