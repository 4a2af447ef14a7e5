package org.sparksbp.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.FolderListing;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.storage.RawFileSystem;

/**
 * A file in a folder, written after all others, that has their lengths and checksums. Nothing else
 * tells a whole folder from a part of one on object stores, which copy a folder file by file where
 * others rename it, or on a disk that has lost some.
 */
final class WholeMarker {

  private static final String NAME = "whole.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;

  private WholeMarker() {}

  /**
   * What a file must be.
   *
   * @param bytes its length
   * @param crc32c its checksum
   */
  private record Content(long bytes, long crc32c) {}

  /**
   * What the marker has.
   *
   * @param files by their paths below the folder
   */
  private record Marker(SortedMap<String, Content> files) {

    Marker {
      if (files == null || files.containsValue(null)) {
        throw new IllegalArgumentException("it lacks the files or what one of them must be");
      }
    }
  }

  /** Marks a folder whose files have been closed as whole. */
  static void write(Configuration hadoop, Path folder) throws IOException {
    Marker marker = new Marker(contents(hadoop, folder));
    AtomicFile.write(hadoop, new Path(folder, NAME), JSON.writeValueAsBytes(marker));
  }

  /** Whether a folder is marked and has all its files by their lengths, whatever is in them. */
  static boolean hasAll(Configuration hadoop, Path folder) throws IOException {
    Optional<Marker> marker;
    try {
      marker = read(hadoop, folder);
    } catch (InvalidInputException e) {
      return false;
    }
    if (marker.isEmpty()) {
      return false;
    }
    Map<String, FileStatus> found = files(hadoop, folder);
    return marker.get().files().entrySet().stream()
        .allMatch(
            file -> {
              FileStatus there = found.get(file.getKey());
              return there != null && there.getLen() == file.getValue().bytes();
            });
  }

  private static Optional<Marker> read(Configuration hadoop, Path folder) throws IOException {
    return JsonFile.find(
        hadoop,
        new Path(folder, NAME),
        text -> JSON.readValue(text, Marker.class),
        "its folder is none to go on from");
  }

  /** What keeps a folder from being whole; empty if it is. */
  static Optional<String> fault(Configuration hadoop, Path folder) throws IOException {
    Optional<Marker> marker;
    try {
      marker = read(hadoop, folder);
    } catch (InvalidInputException e) {
      return Optional.of(e.getMessage());
    }
    if (marker.isEmpty()) {
      return Optional.of("it has no " + NAME + ", which is written last");
    }
    SortedMap<String, Content> found = contents(hadoop, folder);
    for (Map.Entry<String, Content> file : marker.get().files().entrySet()) {
      Content content = found.get(file.getKey());
      if (content == null) {
        return Optional.of(file.getKey() + " is missing");
      }
      if (!content.equals(file.getValue())) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s has %d bytes with the checksum %08x, not %d with %08x",
                file.getKey(),
                content.bytes(),
                content.crc32c(),
                file.getValue().bytes(),
                file.getValue().crc32c()));
      }
    }
    return Optional.empty();
  }

  private static SortedMap<String, Content> contents(Configuration hadoop, Path folder)
      throws IOException {
    FileSystem system = RawFileSystem.of(hadoop, folder);
    SortedMap<String, Content> contents = new TreeMap<>();
    for (Map.Entry<String, FileStatus> file : files(hadoop, folder).entrySet()) {
      contents.put(file.getKey(), content(system, file.getValue().getPath()));
    }
    return contents;
  }

  /** All files but the marker, by their paths below the folder. */
  private static SortedMap<String, FileStatus> files(Configuration hadoop, Path folder)
      throws IOException {
    SortedMap<String, FileStatus> files = FolderListing.byPath(hadoop, folder);
    files.remove(NAME);
    files.values().removeIf(file -> file.getPath().getName().startsWith("."));
    return files;
  }

  private static Content content(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file);
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32C())) {
      long bytes = 0;
      byte[] buffer = new byte[BUFFER];
      for (int read = checked.read(buffer); read >= 0; read = checked.read(buffer)) {
        bytes += read;
      }
      return new Content(bytes, checked.getChecksum().getValue());
    }
  }
}
