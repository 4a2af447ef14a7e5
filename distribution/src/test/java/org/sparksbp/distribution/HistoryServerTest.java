package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documented command that starts Spark's history server from the distribution. */
@Timeout(180)
class HistoryServerTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void documentedCommandServesTheFolderThatTheShippedSettingsName() throws Exception {
    Files.createDirectories(folder.resolve("spark-events"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec env " + documented());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("SPARK_HISTORY_OPTS", "-Dspark.history.ui.port=" + port);
    Process server = builder.start();
    try {
      HttpResponse<String> answer = answer(server, port);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().strip()).isEqualTo("[ ]");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  /** The lines of the page, with the folder of the distribution in place. */
  private static String documented() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/monitoring.md"));
    String command =
        lines.stream()
            .filter(line -> line.startsWith("    "))
            .dropWhile(line -> !line.contains("HistoryServer"))
            .limit(2)
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    assertThat(command).startsWith("SPARK_LOCAL_IP=127.0.0.1").endsWith("monitoring.conf");
    return command.replace("DIST", HOME.toString());
  }

  private HttpResponse<String> answer(Process server, int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/applications");
    while (true) {
      assertThat(server.isAlive()).as(Files.readString(folder.resolve("said"))).isTrue();
      try {
        return HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      } catch (ConnectException e) {
        Thread.sleep(200); // it is starting
      }
    }
  }
}
