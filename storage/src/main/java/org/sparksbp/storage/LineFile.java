package org.sparksbp.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A text file that grows by whole lines: appended to where the file system can, else replaced as a
 * whole.
 */
public final class LineFile {

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  /** A file that may or may not be there yet. */
  public LineFile(Configuration hadoop, Path file) throws IOException {
    this.hadoop = hadoop;
    this.files = RawFileSystem.of(hadoop, file);
    this.file = files.makeQualified(file);
  }

  /** Makes these lines all that the file has. */
  public void replace(List<String> content) throws IOException {
    StringBuilder text = new StringBuilder();
    content.forEach(line -> text.append(line).append('\n'));
    AtomicFile.write(hadoop, file, text.toString().getBytes(StandardCharsets.UTF_8));
    lines.clear();
    lines.addAll(content);
  }

  /**
   * Adds a line to those of {@link #replace}. Where appending fails (no such operation, or too few
   * data nodes left for another block), the file is written anew with all of its lines.
   */
  public void append(String line) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    try (OutputStream out = files.append(file)) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (UnsupportedOperationException | IOException e) {
      replace(all);
      return;
    }
    lines.add(line);
  }

  /** The lines of the file as it is, without an unfinished last one; none if there is no file. */
  public List<String> read() throws IOException {
    String text =
        new String(AtomicFile.read(hadoop, file).orElse(new byte[0]), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
