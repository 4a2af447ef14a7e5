package org.sparksbp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Native libraries that can be told a file but no folder. Others are told the folder by the start
 * script.
 */
final class NativeLibraries {

  /** Where zstd-jni looks for its library before it unpacks it to the temporary folder. */
  private static final String ZSTD_PATH = "ZstdNativePath";

  private NativeLibraries() {}

  /** Unpacks them into a folder, where they are not there yet, and has them loaded from it. */
  static void unpack(Path cache) throws IOException {
    if (System.getProperty(ZSTD_PATH) == null) {
      String resource = zstd();
      try (InputStream library = Sbp.class.getResourceAsStream(resource)) {
        if (library != null) {
          System.setProperty(ZSTD_PATH, unpacked(library, cache, resource).toString());
        }
      }
    }
  }

  /** As zstd-jni calls the library of this machine in its jar. */
  private static String zstd() {
    try {
      Object version =
          Class.forName("com.github.luben.zstd.util.ZstdVersion").getField("VERSION").get(null);
      return String.format(
          Locale.ROOT,
          "/%s/%s/libzstd-jni-%s.so",
          System.getProperty("os.name").toLowerCase(Locale.ROOT),
          System.getProperty("os.arch"),
          version);
    } catch (ReflectiveOperationException e) {
      // Another zstd-jni than Spark's: it finds its library by itself.
      return "/no such library";
    }
  }

  /** Other processes may unpack the same: each writes a file of its own and renames it. */
  private static Path unpacked(InputStream library, Path cache, String resource)
      throws IOException {
    Files.createDirectories(cache);
    Path place = cache.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    if (!Files.exists(place)) {
      Path attempt = Files.createTempFile(cache, "native", ".tmp");
      Files.copy(library, attempt, StandardCopyOption.REPLACE_EXISTING);
      Files.move(attempt, place, StandardCopyOption.ATOMIC_MOVE);
    }
    return place.toAbsolutePath();
  }
}
