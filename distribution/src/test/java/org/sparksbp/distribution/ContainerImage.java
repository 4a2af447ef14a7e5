package org.sparksbp.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The image of {@code deploy/docker}, built once for all tests on a base of Debian's packages, by
 * tools that need no engine's daemon.
 */
final class ContainerImage {

  static final Path SCRIPT = Path.of("target/spark-sbp/deploy/docker/build.sh").toAbsolutePath();
  static final String NAME = "localhost/spark-sbp:test";
  static final String GPU_NAME = "localhost/spark-sbp:test-gpu";

  /** What a machine without systemd and with a kernel of few features takes. */
  private static final List<String> PODMAN =
      List.of("podman", "--cgroup-manager", "cgroupfs", "--runtime", "runc");

  private static final List<String> LIMITS =
      List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=2048:2048");

  /** Names an image that is there already, for whoever works on what runs in it. */
  private static final String READY = "SBP_TEST_IMAGE";

  private static final String BASE = "localhost/spark-sbp-base:test";

  /** It takes three on an idle machine of two cores. */
  static final int MINUTES = 15;

  private static Run built;

  private ContainerImage() {}

  /** Builds it if no test has; the test is skipped where that is not possible. */
  static synchronized void require(Path folder) throws IOException, InterruptedException {
    for (String tool : List.of("mmdebstrap", "podman", "buildah", "runc")) {
      assumeTrue(Tools.isThere(tool), "no container is built: there is no " + tool);
    }
    assumeTrue("root".equals(System.getProperty("user.name")), "no container is built: not root");
    if (built == null) {
      built = build(folder);
    }
    if (built.exitCode() != 0) {
      throw new AssertionError(built.output());
    }
  }

  private static Run build(Path folder) throws IOException, InterruptedException {
    if (System.getenv(READY) != null) {
      return podman(folder, "tag", System.getenv(READY), NAME);
    }
    String tar = folder.resolve("base.tar").toString();
    Run base =
        Run.of(
            folder,
            Map.of(),
            List.of(
                // Its mounts end with it, should it be killed.
                "unshare",
                "--mount",
                "mmdebstrap",
                "--variant=minbase",
                "--include=ca-certificates",
                "--dpkgopt=force-unsafe-io",
                "--dpkgopt=path-exclude=/usr/share/man/*",
                "--dpkgopt=path-exclude=/usr/share/doc/*",
                "--dpkgopt=path-exclude=/usr/share/locale/*",
                "bookworm",
                tar),
            MINUTES);
    assumeTrue(
        base.exitCode() == 0,
        "no container is built: Debian's packages cannot be had:\n" + base.output());
    Run imported = Run.of(folder, Map.of(), List.of("podman", "import", tar, BASE));
    Files.delete(Path.of(tar));
    return imported.exitCode() == 0 ? build(folder, BASE, NAME) : imported;
  }

  /** Calls the script as a user does. */
  static Run build(Path folder, String base, String name, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "--tool", "buildah"));
    command.addAll(List.of("--base", base, "--tag", name));
    command.addAll(List.of(more));
    command.addAll(List.of("--", "--isolation", "chroot", "--pull-never"));
    return Run.of(folder, Map.of(), command, MINUTES);
  }

  /** A command that runs a container of {@link #NAME}, locked down as its pod is. */
  static List<String> container(List<String> options, String... arguments) {
    return container(NAME, options, List.of(arguments));
  }

  /** The same for another image. */
  static List<String> container(String image, List<String> options, List<String> arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges"));
    all.addAll(options);
    return run(image, all, arguments);
  }

  /** A command that runs a container with no more than the options that are given. */
  static List<String> run(String image, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>(PODMAN);
    command.addAll(List.of("run", "--rm"));
    command.addAll(LIMITS);
    command.addAll(options);
    command.add(image);
    command.addAll(arguments);
    return command;
  }

  /** Another command of podman. */
  static Run podman(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(PODMAN);
    command.addAll(List.of(arguments));
    return Run.of(folder, Map.of(), command);
  }

  /** A folder that the user of the image may write to. */
  static Path volume(Path folder) throws IOException {
    Path made = Files.createDirectories(folder);
    Files.setAttribute(made, "unix:uid", 185);
    Files.setAttribute(made, "unix:gid", 185);
    return made;
  }
}
