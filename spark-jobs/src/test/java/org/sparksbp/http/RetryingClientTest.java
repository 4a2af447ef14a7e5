package org.sparksbp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryingClientTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whatMaySucceedLaterIsSentAgain() throws IOException {
    try (RecordingServer server = new RecordingServer(503, 429)) {
      send(server.port(), 5, Duration.ofSeconds(30));

      assertThat(server.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404})
  void whatNeverWillIsSentOnce(int status) throws IOException {
    try (RecordingServer server = new RecordingServer(status)) {
      assertThatThrownBy(() -> send(server.port(), 5, Duration.ofSeconds(30)))
          .isInstanceOf(RequestFailedException.class)
          .hasMessage("status " + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void attemptsAreCounted() throws IOException {
    try (RecordingServer server = new RecordingServer(500, 500, 500, 500)) {
      RequestFailedException failed =
          catchThrowableOfType(
              RequestFailedException.class, () -> send(server.port(), 2, Duration.ofSeconds(30)));

      assertThat(failed.mayPass()).isTrue();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void serverThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> send(silent.getLocalPort(), 100, Duration.ofSeconds(2)))
          .isInstanceOf(RequestFailedException.class)
          .hasMessageStartingWith("no answer within");
    }
  }

  @Test
  void addressIsNamedWithoutItsSecrets() {
    WebAddress address = WebAddress.of("https://me:secret1@host:8443/secret2?key=secret3");

    assertThat(address).hasToString("https://host:8443");
    assertThat(address.uri()).hasToString("https://host:8443/secret2?key=secret3");
    assertThat(address.authorization()).contains("Basic bWU6c2VjcmV0MQ==");
    assertThatThrownBy(() -> WebAddress.of("https://me:secret@ho st/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThatThrownBy(() -> WebAddress.of("http:/secret")).hasMessageNotContaining("secret");
  }

  private static void send(int port, int attempts, Duration total) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    var unused =
        new RetryingClient(new RetryingClient.Limits(SECOND, SECOND, attempts, total))
            .send(HttpRequest.newBuilder(uri).build());
  }
}
