package org.sparksbp.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests and tries again, with longer and longer pauses, what may succeed later: no
 * connection, no answer in time, 408, 429 and 5xx. All of it ends within a time.
 */
public final class RetryingClient {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final Limits limits;

  /**
   * How long and how often.
   *
   * @param connect for a connection
   * @param request for one request with its answer
   * @param attempts how often a request is sent at most, at least 1
   * @param total for all attempts with their pauses
   */
  public record Limits(Duration connect, Duration request, int attempts, Duration total) {

    /** The same with less time for all attempts. */
    public Limits within(Duration most) {
      return new Limits(connect, request, attempts, total.compareTo(most) < 0 ? total : most);
    }
  }

  public RetryingClient(Limits limits) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            // An offer to upgrade, as the client makes it to servers without TLS, confuses some.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.connect())
            .build();
  }

  /**
   * Sends a request.
   *
   * @return the body of the answer, whose status is 2xx
   * @throws RequestFailedException if it has not come to that
   */
  public String send(HttpRequest request) throws RequestFailedException {
    long end = System.nanoTime() + limits.total().toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(request, Duration.ofNanos(end - System.nanoTime()));
      } catch (RequestFailedException e) {
        boolean inTime = System.nanoTime() + pause.toNanos() < end;
        if (!e.mayPass() || attempt >= limits.attempts() || !inTime) {
          throw e;
        }
      }
      sleep(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private String once(HttpRequest request, Duration left) throws RequestFailedException {
    Duration most = limits.request().compareTo(left) < 0 ? limits.request() : left;
    // The request's own timeout ends with the first byte of an answer; this one with the last.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() / 100 != 2) {
        throw new RequestFailedException(response.statusCode(), response.body());
      }
      return response.body();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new RequestFailedException("no answer within " + most.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new RequestFailedException(said(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new RequestFailedException("interrupted", e);
    }
  }

  /** Its kind, and what it says where that cannot be the address. */
  private static String said(Throwable failure) {
    String kind = failure.getClass().getSimpleName();
    boolean plain = failure instanceof IOException && failure.getMessage() != null;
    return plain && !failure.getMessage().contains("/") ? kind + ": " + failure.getMessage() : kind;
  }

  private static void sleep(Duration pause) throws RequestFailedException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestFailedException("interrupted", e);
    }
  }
}
