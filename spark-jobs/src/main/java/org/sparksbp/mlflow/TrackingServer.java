package org.sparksbp.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sparksbp.http.RequestFailedException;
import org.sparksbp.http.RetryingClient;
import org.sparksbp.http.WebAddress;

/** Speaks MLflow's REST API. Every request is sent once: who asks knows whether to ask again. */
public final class TrackingServer {

  private static final String API = "/api/2.0/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RetryingClient.Limits LIMITS =
      new RetryingClient.Limits(
          Duration.ofSeconds(5), Duration.ofSeconds(30), 1, Duration.ofSeconds(30));

  private final WebAddress address;
  private final String base;
  private final Optional<String> authorization;
  private final RetryingClient client = new RetryingClient(LIMITS);

  /**
   * A server, which need not be there.
   *
   * @param environment with {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD},
   *     or {@code MLFLOW_TRACKING_TOKEN}, where the server wants them and the address has none
   */
  public TrackingServer(WebAddress address, Map<String, String> environment) {
    this.address = address;
    URI uri = address.uri();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
    this.base = uri.getScheme() + "://" + uri.getRawAuthority() + path;
    this.authorization = address.authorization().or(() -> authorization(environment));
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    if (user != null && password != null) {
      return Optional.of(WebAddress.basic(user + ":" + password));
    }
    return Optional.ofNullable(token).map(value -> "Bearer " + value);
  }

  /** Whether an address of the server's, such as {@code host:5000}, is this one. */
  boolean isAt(String authority) {
    return authority.equals(address.uri().getRawAuthority());
  }

  /** Whether the server runs on this machine, so that its files do. */
  boolean isHere() {
    return address.uri().getHost().matches("localhost|127\\..*|\\[::1]");
  }

  /** Asks for something. */
  JsonNode get(String call, Map<String, String> query) throws RequestFailedException {
    StringBuilder text = new StringBuilder(base).append(API).append("mlflow/").append(call);
    char separator = '?';
    for (Map.Entry<String, String> one : query.entrySet()) {
      String value = URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8);
      text.append(separator).append(one.getKey()).append('=').append(value);
      separator = '&';
    }
    return read(client.send(request(text.toString()).GET().build()));
  }

  /** Tells something, or asks for it by a body. */
  JsonNode post(String call, ObjectNode body) throws RequestFailedException {
    return read(
        client.send(
            request(base + API + "mlflow/" + call)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /**
   * Hands a file over to the server, which puts it where its files lie.
   *
   * @param path below the server's root of files, not yet encoded
   */
  void put(String path, BodyPublisher content) throws RequestFailedException {
    StringBuilder encoded = new StringBuilder(base + API + "mlflow-artifacts/artifacts");
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        String safe = URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
        encoded.append('/').append(safe);
      }
    }
    String ignored =
        client.send(
            request(encoded.toString())
                .header("Content-Type", "application/octet-stream")
                .PUT(content)
                .build());
  }

  private HttpRequest.Builder request(String uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode read(String answer) throws RequestFailedException {
    try {
      return answer.isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer);
    } catch (IOException e) {
      throw new RequestFailedException("an answer that is no JSON", e);
    }
  }

  /** Where it is, without secrets. */
  @Override
  public String toString() {
    return address.toString();
  }
}
