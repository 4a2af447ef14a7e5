package org.sparksbp.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.sparksbp.storage.InterruptibleFileSystem.Killed;

/**
 * A local disk under the scheme {@code store} that behaves as S3: a file is there, in place of an
 * earlier one, when its stream is closed; no folder can be renamed; nothing is created by one
 * alone. A test can kill the process before any change.
 */
public final class ObjectStoreFileSystem extends RawLocalFileSystem {

  private static int changes;
  private static int killedAt;

  static Configuration configuration() {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.store.impl", ObjectStoreFileSystem.class, FileSystem.class);
    killBeforeChange(Integer.MAX_VALUE);
    return hadoop;
  }

  /** From now on, the change of this number, from 1, and all after it are not made. */
  static synchronized void killBeforeChange(int number) {
    changes = 0;
    killedAt = number;
  }

  private static synchronized void change() {
    if (++changes >= killedAt) {
      throw new Killed();
    }
  }

  @Override
  public String getScheme() {
    return "store";
  }

  @Override
  public URI getUri() {
    return URI.create("store:///");
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM)
        || super.hasPathCapability(path, capability);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (getFileStatus(from).isDirectory()) {
      throw new AssertionError("a folder is renamed, which S3 copies file by file: " + from);
    }
    change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change();
    return super.delete(path, recursive);
  }

  /** Plainly, as a local status asks for permissions by a local path. */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(
            found ->
                new FileStatus(
                    found.getLen(),
                    found.isDirectory(),
                    1,
                    0,
                    found.getModificationTime(),
                    found.getPath()))
        .toArray(FileStatus[]::new);
  }

  @Override
  public FSDataOutputStream append(Path file, int buffer, Progressable progress) {
    throw new UnsupportedOperationException("no appending");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return new FSDataOutputStream(new Unseen(pathToFile(file).toPath()), null);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, buffer, replication, block, progress);
  }

  private static final class Unseen extends ByteArrayOutputStream implements Abortable {
    private final java.nio.file.Path place;
    private boolean ended;

    Unseen(java.nio.file.Path place) {
      this.place = place;
    }

    @Override
    public AbortableResult abort() {
      ended = true;
      return null;
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        return;
      }
      ended = true;
      change();
      java.nio.file.Path whole = Files.createTempFile("object", "");
      Files.write(whole, toByteArray());
      Files.createDirectories(place.getParent());
      Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
