package org.sparksbp.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** One file from one mirror into a local {@code .part} file, going on where that ends. */
final class Download {

  private static final int BUFFER_BYTES = 1 << 16;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** The server says that it will not deliver, so that asking again is of no use. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private final HttpClient client;
  private final FetchProgress progress;

  Download(FetchProgress progress) {
    this.progress = progress;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
  }

  /**
   * Fetches what is missing of a file.
   *
   * @throws IOException if the server refuses or the connection breaks; what has come stays
   */
  void fetch(URI from, String name, Path part) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(Duration.ofMinutes(2));
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response = send(request.build());
    tellOfRedirect(name, from, response.uri());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case OK -> copy(body, name, part, 0, length(response));
        case PARTIAL_CONTENT -> {
          long rest = length(response);
          copy(body, name, part, have, rest < 0 ? -1 : have + rest);
        }
        case RANGE_NOT_SATISFIABLE -> progress.note(name + ": all of it has come before");
        default -> {
          String message = from + " answers with HTTP status " + response.statusCode();
          boolean isFinal = response.statusCode() / 100 == 4;
          throw isFinal ? new RefusedException(message) : new IOException(message);
        }
      }
    }
  }

  /** The checksum decides on what comes, but who sends it must not go unsaid. */
  private void tellOfRedirect(String name, URI from, URI to) {
    if (!from.getScheme().equals(to.getScheme())
        || !from.getAuthority().equals(to.getAuthority())) {
      progress.note(
          name
              + ": "
              + from.getAuthority()
              + " sends on to "
              + to.getScheme()
              + "://"
              + to.getAuthority());
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot fetch " + request.uri() + ": interrupted", e);
    }
  }

  private static long length(HttpResponse<InputStream> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  /** Writes the body behind the first {@code have} bytes of the part file. */
  private void copy(InputStream body, String name, Path part, long have, long total)
      throws IOException {
    StandardOpenOption mode =
        have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long done = have;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        out.write(buffer, 0, count);
        done += count;
        progress.bytes(name, done, total);
      }
    }
    if (total >= 0 && done < total) {
      throw new IOException("the connection broke after " + done + " of " + total + " bytes");
    }
  }
}
