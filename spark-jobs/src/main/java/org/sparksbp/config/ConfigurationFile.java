package org.sparksbp.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.RawFileSystem;

/** A configuration file by a path, which is a local one, or by a URI of any Hadoop file system. */
public final class ConfigurationFile {

  private final FileSystem files;
  private final Configuration hadoop;
  private final Path path;
  private final String name;

  private ConfigurationFile(FileSystem files, Configuration hadoop, Path path, String name) {
    this.files = files;
    this.hadoop = hadoop;
    this.path = path;
    this.name = name;
  }

  /**
   * The file at a place.
   *
   * @param name as messages call it
   * @return empty if there is none
   */
  public static Optional<ConfigurationFile> of(Configuration hadoop, Path written, String name)
      throws IOException {
    // Configurations lie where the program is, even where data by default does not.
    Path path =
        written.toUri().getScheme() == null
            ? new Path(new File(written.toString()).toURI())
            : written;
    FileSystem files = RawFileSystem.of(hadoop, path);
    return files.exists(path) && files.getFileStatus(path).isFile()
        ? Optional.of(new ConfigurationFile(files, hadoop, path, name))
        : Optional.empty();
  }

  String name() {
    return name;
  }

  String text() throws IOException {
    try (InputStream in = files.open(path)) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidConfigurationException(
          "Cannot read configuration " + name + ": it is not written in UTF-8; save it so", e);
    }
  }

  /**
   * The file of a name that this one includes: relative to its own folder, or a whole path or URI.
   *
   * @return empty if there is no such file
   */
  Optional<ConfigurationFile> beside(String what) throws IOException {
    if (what.isEmpty()) {
      return Optional.empty();
    }
    boolean isUri = what.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    Path place =
        isUri ? new Path(URI.create(what)) : new Path(path.getParent(), new Path(null, null, what));
    return of(hadoop, place, isUri || what.startsWith("/") ? what : sibling(what));
  }

  /** An included file is called as the including one is. */
  private String sibling(String what) {
    return name.substring(0, name.lastIndexOf('/') + 1) + what;
  }
}
