package org.sparksbp.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.RemoteFile.Unpack;

class DataFetchTest {

  private static final int BREAK_AFTER = 100_000;

  @TempDir java.nio.file.Path folder;

  private final byte[] content = new byte[300_000];
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private HttpServer server;
  private int breaksLeft;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    served.put("/data.bin", content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRedirectToAnotherHostIsTold() throws Exception {
    fetch(file("data.bin", content, Unpack.NO, "/elsewhere")).to(target());

    assertThat(folder.resolve("data.bin")).hasBinaryContent(content);
    assertThat(notes).anyMatch(note -> note.contains("sends on to http://localhost:"));
  }

  @Test
  void aFileIsFetchedWithProgressAndNotFetchedTwice() throws Exception {
    RemoteFile file = file("data.bin", content, Unpack.NO, "/data.bin");
    List<Path> fetched = fetch(file).to(target());
    assertThat(folder.resolve("data.bin")).hasBinaryContent(content);
    assertThat(fetched).hasSize(1);
    assertThat(progress).last().isEqualTo(300_000L);
    assertThat(progress).isSorted();
    fetch(file).to(target());
    assertThat(requests).containsExactly("/data.bin from null");
    assertThat(folder.resolve("data.bin.part")).doesNotExist();
  }

  @Test
  void aBrokenDownloadGoesOnWhereItStopped() throws Exception {
    breaksLeft = 1;
    fetch(file("data.bin", content, Unpack.NO, "/data.bin")).to(target());
    assertThat(folder.resolve("data.bin")).hasBinaryContent(content);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1)).startsWith("/data.bin from bytes=").isNotEqualTo("bytes=0-");
  }

  @Test
  void whatAnInterruptedRunLeftIsNotFetchedAgain() throws Exception {
    Files.write(folder.resolve("data.bin.part"), Arrays.copyOf(content, 250_000));
    fetch(file("data.bin", content, Unpack.NO, "/data.bin")).to(target());
    assertThat(requests).containsExactly("/data.bin from bytes=250000-");
    assertThat(folder.resolve("data.bin")).hasBinaryContent(content);
  }

  @Test
  void aWrongChecksumIsRefusedAndTheNextMirrorAsked() throws Exception {
    served.put("/wrong.bin", new byte[1000]);
    fetch(file("data.bin", content, Unpack.NO, "/wrong.bin", "/none.bin", "/data.bin"))
        .to(target());
    assertThat(folder.resolve("data.bin")).hasBinaryContent(content);
  }

  @Test
  void whenNoMirrorDeliversTheMessageSaysWhyAndHowToGetItByHand() throws Exception {
    served.put("/wrong.bin", new byte[1000]);
    assertThatThrownBy(
            () ->
                fetch(file("data.bin", content, Unpack.NO, "/wrong.bin", "/none.bin")).to(target()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Cannot fetch data.bin: ")
        .hasMessageContaining("wrong SHA-256 checksum")
        .hasMessageContaining("HTTP status 404")
        .hasMessageEndingWith("Get it by hand.");
    assertThat(folder.resolve("data.bin")).doesNotExist();
  }

  @Test
  void aMirrorThatIsNotReachedMayBeReachedLater() throws Exception {
    server.stop(0);
    assertThatThrownBy(() -> fetch(file("data.bin", content, Unpack.NO, "/data.bin")).to(target()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot fetch data.bin: ")
        .hasMessageEndingWith("Get it by hand.");
  }

  @Test
  void archivesAreUnpackedButNotOutsideTheDirectory() throws Exception {
    byte[] archive = tar("clips/user01/0.npy");
    served.put("/a.tar.gz", archive);
    fetch(file("a.tar.gz", archive, Unpack.TAR_GZ, "/a.tar.gz")).to(target());
    assertThat(folder.resolve("clips/user01/0.npy")).hasContent("hello");
    byte[] evil = tar("../evil.txt");
    served.put("/evil.tar.gz", evil);
    assertThatThrownBy(
            () -> fetch(file("evil.tar.gz", evil, Unpack.TAR_GZ, "/evil.tar.gz")).to(target()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("entry ../evil.txt leaves the directory");
  }

  @Test
  void zipArchivesAreUnpackedLikewise() throws Exception {
    byte[] archive = zip("gzip/emnist-letters-train-images-idx3-ubyte.gz");
    served.put("/gzip.zip", archive);
    fetch(file("gzip.zip", archive, Unpack.ZIP, "/gzip.zip")).to(target());
    assertThat(folder.resolve("gzip/emnist-letters-train-images-idx3-ubyte.gz"))
        .hasContent("hello");
    byte[] evil = zip("gzip/../../evil.txt");
    served.put("/evil.zip", evil);
    assertThatThrownBy(() -> fetch(file("evil.zip", evil, Unpack.ZIP, "/evil.zip")).to(target()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("entry gzip/../../evil.txt leaves the directory");
  }

  @Test
  void anArchiveIsUnpackedOnceAndAgainWhereThatWasCutOff() throws Exception {
    byte[] archive = tar("clips/user01/0.npy");
    served.put("/a.tar.gz", archive);
    DataFetch fetch = fetch(file("a.tar.gz", archive, Unpack.TAR_GZ, "/a.tar.gz"));
    fetch.to(target());
    java.nio.file.Path clip = folder.resolve("clips/user01/0.npy");
    Files.writeString(clip, "looked at");

    fetch.to(target());

    assertThat(clip).hasContent("looked at");
    Files.delete(folder.resolve(".a.tar.gz.unpacked"));
    fetch.to(target());
    assertThat(clip).hasContent("hello");
    assertThat(requests).hasSize(1);
  }

  @Test
  void realDataAreNotFetchedAmongSyntheticOnes() throws Exception {
    Files.writeString(folder.resolve("SYNTHETIC"), "");
    assertThatThrownBy(() -> fetch(file("data.bin", content, Unpack.NO, "/data.bin")).to(target()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it holds synthetic data; give another directory");
  }

  private Path target() {
    return new Path(folder.toUri());
  }

  private DataFetch fetch(RemoteFile file) {
    return new DataFetch(
        new Configuration(),
        new PublicSource(List.of(file), "Get it by hand."),
        new FetchProgress() {
          @Override
          public void bytes(String name, long done, long total) {
            progress.add(done);
          }

          @Override
          public void note(String message) {
            notes.add(message);
          }
        });
  }

  private RemoteFile file(String name, byte[] expected, Unpack unpack, String... paths)
      throws Exception {
    String checksum =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected));
    List<URI> mirrors =
        Arrays.stream(paths)
            .map(path -> URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
            .toList();
    return new RemoteFile(name, mirrors, Checksum.Algorithm.SHA_256, checksum, unpack);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + " from " + range);
    byte[] whole = served.get(path);
    if (path.equals("/elsewhere")) {
      String other = "http://localhost:" + server.getAddress().getPort() + "/data.bin";
      exchange.getResponseHeaders().add("Location", other);
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    if (whole == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= whole.length) {
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, whole.length - from);
    int length = breaksLeft-- > 0 ? BREAK_AFTER : whole.length - from;
    exchange.getResponseBody().write(whole, from, length);
    exchange.getResponseBody().flush();
    // Closing before all announced bytes are written breaks the connection.
    exchange.close();
  }

  private static byte[] tar(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(text.length);
      out.putArchiveEntry(entry);
      out.write(text);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("gzip/"));
      out.putNextEntry(new ZipEntry(name));
      out.write("hello".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
