package org.sparksbp.task;

import java.net.URI;
import java.util.List;
import org.sparksbp.checksum.Checksum;

/**
 * A file to download.
 *
 * @param name under which it is stored
 * @param mirrors where it is to be had, the first choice first
 * @param algorithm of the checksum
 * @param checksum published, in hexadecimal digits
 * @param unpack whether it is an archive to unpack beside it
 */
public record RemoteFile(
    String name, List<URI> mirrors, Checksum.Algorithm algorithm, String checksum, Unpack unpack) {

  /** What becomes of a downloaded file. */
  public enum Unpack {
    /** It stays as it is. */
    NO,
    /** A gzipped tar archive whose files are written beside it. */
    TAR_GZ,
    /** A zip archive whose files are written beside it. */
    ZIP
  }

  public RemoteFile {
    mirrors = List.copyOf(mirrors);
  }
}
