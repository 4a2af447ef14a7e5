package org.sparksbp.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of S3 in a process of its own, with one bucket in its memory, that notes every request.
 */
final class S3Server implements AutoCloseable {

  static final String BUCKET = "bucket";

  private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar").toAbsolutePath();
  private static final int SECONDS = 120;
  private static final Pattern REQUEST =
      Pattern.compile("request: Request\\((\\w+) http://[^/]+/([^)]*)\\)@");
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  private final Path log;
  private final int port;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * A request that the server had.
   *
   * @param method of HTTP, or LIST
   * @param key of the object, or what a listing is of; below the bucket
   */
  record Request(String method, String key) {
    static Request of(String method, String uri) {
      int query = uri.indexOf('?');
      String path = query < 0 ? uri : uri.substring(0, query);
      if (query >= 0 && uri.contains("list-type=")) {
        Matcher prefix = Pattern.compile("[?&]prefix=([^&]*)").matcher(uri);
        return new Request("LIST", prefix.find() ? decoded(prefix.group(1)) : "");
      }
      return new Request(
          method, decoded(path.substring(Math.min(path.length(), BUCKET.length() + 1))));
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  /** Starts it on a free port. */
  S3Server(Path folder) throws IOException, InterruptedException {
    log = folder.resolve("s3.log");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "s3proxy.endpoint=" + endpoint(),
            "s3proxy.authorization=none",
            "jclouds.provider=transient",
            "jclouds.identity=none",
            "jclouds.credential=none"));
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    process =
        new ProcessBuilder(
                java,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-DLOG_LEVEL=debug",
                "-jar",
                JAR.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    makeBucket();
  }

  private void makeBucket() throws IOException, InterruptedException {
    for (int second = 0; ; second++) {
      try {
        HttpRequest put =
            HttpRequest.newBuilder(uri("")).PUT(HttpRequest.BodyPublishers.noBody()).build();
        client.send(put, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        if (second == SECONDS || !process.isAlive()) {
          close();
          throw new IOException("the server of S3 does not start: " + Files.readString(log), e);
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  private URI uri(String below) {
    return URI.create(endpoint() + "/" + BUCKET + "/" + below);
  }

  /** Keys below a prefix. */
  List<String> keys(String prefix) throws IOException, InterruptedException {
    List<String> keys = new ArrayList<>();
    Matcher key = KEY.matcher(new String(get("?prefix=" + prefix), StandardCharsets.UTF_8));
    while (key.find()) {
      keys.add(key.group(1));
    }
    return keys;
  }

  byte[] get(String key) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(uri(key)).build();
    return client.send(get, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  /**
   * All requests of Hadoop's client so far, in their order; those of this class have no listing.
   */
  List<Request> requests() throws IOException {
    List<Request> requests = new ArrayList<>();
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      lines
          .map(REQUEST::matcher)
          .filter(Matcher::find)
          .forEach(found -> requests.add(Request.of(found.group(1), found.group(2))));
    }
    return requests;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
