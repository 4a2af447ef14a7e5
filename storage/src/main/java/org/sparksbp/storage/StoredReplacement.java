package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Replaces a folder on an object store, which puts a file in place as a whole but no two at once.
 * The new folder lies beside the old one; a note, {@code .NAME.replacing}, a single file, makes it
 * count; then its files are copied over the old ones, and the note and it are deleted. Whoever is
 * killed in between leaves the note, by which readers take the new folder where it lies, and the
 * next writer ends the copying.
 */
final class StoredReplacement {

  private static final String NOTE = ".replacing";

  private final FileSystem files;
  private final Path target;
  private final Path note;

  StoredReplacement(Replacement replacement) {
    this.files = replacement.files();
    this.target = replacement.target();
    this.note = new Path(target.getParent(), "." + target.getName() + NOTE);
  }

  /** Whether a name is that of a note. */
  static boolean isNote(Path path) {
    return path.getName().startsWith(".") && path.getName().endsWith(NOTE);
  }

  /** The folder that a note is of. */
  static Path original(Path note) {
    String name = note.getName();
    return new Path(note.getParent(), name.substring(1, name.length() - NOTE.length()));
  }

  /** Puts a folder beside the target, whose files have been closed, in the target's place. */
  void by(Path whole) throws IOException {
    finish(); // what was killed before, or its note would take the place of this one's
    try (FSDataOutputStream out = files.create(note, true)) {
      out.write(whole.getName().getBytes(StandardCharsets.UTF_8));
    }
    copyOver(whole);
  }

  /** Ends a replacement that counts, if there is one; any number of times. */
  void finish() throws IOException {
    Optional<Path> counting = counting();
    if (counting.isPresent()) {
      copyOver(counting.get());
    }
  }

  private void copyOver(Path whole) throws IOException {
    Set<String> names = names(whole);
    for (String name : names) {
      copy(new Path(whole, name), new Path(target, name));
    }
    for (String name : names(target)) {
      if (!names.contains(name)) {
        files.delete(new Path(target, name), false);
      }
    }
    files.delete(note, false);
    files.delete(whole, true);
  }

  /** Opens a file of the folder that counts. */
  InputStream open(String name) throws IOException {
    Optional<Path> counting = counting();
    if (counting.isPresent()) {
      try {
        return files.open(new Path(counting.get(), name));
      } catch (FileNotFoundException e) {
        // It has been copied meanwhile, or is not in the new folder: then soon not in the old one.
      }
    }
    return files.open(new Path(target, name));
  }

  boolean has(String name) throws IOException {
    Path place = counting().orElse(target);
    return files.exists(new Path(place, name));
  }

  /** The folder that a note makes count. */
  private Optional<Path> counting() throws IOException {
    try (InputStream in = files.open(note)) {
      String name = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new Path(target.getParent(), name));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private Set<String> names(Path folder) throws IOException {
    return FolderListing.byPath(files, folder).keySet();
  }

  private void copy(Path from, Path to) throws IOException {
    FSDataOutputStream out = files.create(to, true);
    try (InputStream in = files.open(from)) {
      in.transferTo(out);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }
}
