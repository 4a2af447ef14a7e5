package org.sparksbp.modelfolder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this software, as the build wrote it down. It is a part of what runs are known by,
 * so it differs wherever results may.
 */
public final class SoftwareVersion {

  private static final String CURRENT = read();

  private SoftwareVersion() {}

  /**
   * For example {@code 0.1.0}; a snapshot names its commit, {@code
   * 0.1.0-SNAPSHOT+0123456789ab-dirty} one with changes that are not committed.
   */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream in = SoftwareVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return of(
          properties.getProperty("version"),
          properties.getProperty("commit"),
          properties.getProperty("backend"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A version by its parts.
   *
   * @param commit of a snapshot; what is no name of one stands for a build outside of a repository
   * @param backend of ND4J, {@code cpu} or another that it was built with
   */
  static String of(String version, String commit, String backend) {
    boolean known = commit.matches("[0-9a-f]{7,40}(-dirty)?");
    String ofBuild = version.endsWith("-SNAPSHOT") && known ? version + "+" + commit : version;
    return backend.equals("cpu")
        ? ofBuild
        : ofBuild + (ofBuild.contains("+") ? "." : "+") + backend;
  }
}
