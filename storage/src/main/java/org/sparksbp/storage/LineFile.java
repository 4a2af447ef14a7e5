package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A text file that grows by whole lines: appended to where the file system can, else written aside
 * and renamed.
 */
public final class LineFile {

  private final FileSystem files;
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  /** A file that may or may not be there yet. */
  public LineFile(Configuration hadoop, Path file) throws IOException {
    FileSystem found = file.getFileSystem(hadoop);
    // Its checksums keep the local file system from appending.
    this.files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    this.file = files.makeQualified(file);
  }

  /** Makes these lines all that the file has. */
  public void replace(List<String> content) throws IOException {
    lines.clear();
    lines.addAll(content);
    Path aside = new Path(file.getParent(), "." + file.getName() + ".writing");
    try (OutputStream out = files.create(aside, true)) {
      for (String line : lines) {
        out.write(bytes(line));
      }
    }
    files.delete(file, false);
    if (!files.rename(aside, file)) {
      throw new IOException("Cannot rename " + aside + " to " + file);
    }
  }

  /**
   * Adds a line to those of {@link #replace}. Where appending fails (no such operation, or too few
   * data nodes left for another block), the file is written anew with all of its lines.
   */
  public void append(String line) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    try (OutputStream out = files.append(file)) {
      out.write(bytes(line));
    } catch (UnsupportedOperationException | IOException e) {
      replace(all);
      return;
    }
    lines.add(line);
  }

  /** The lines of the file as it is, without an unfinished last one; none if there is no file. */
  public List<String> read() throws IOException {
    try (var in = files.open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
