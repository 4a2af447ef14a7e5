package org.sparksbp.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An {@code http} or {@code https} address. What it is written as is never shown: user info, query
 * and path may all hold secrets.
 */
public final class WebAddress {

  private final URI uri;
  private final String userInfo;

  private WebAddress(URI uri, String userInfo) {
    this.uri = uri;
    this.userInfo = userInfo;
  }

  /** Whether something is written as such an address, well or not. */
  public static boolean isMeant(String written) {
    String start = written.toLowerCase(Locale.ROOT);
    return start.startsWith("http:") || start.startsWith("https:");
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message does not have it
   */
  public static WebAddress of(String written) {
    try {
      URI uri = new URI(written);
      if (!isMeant(written) || uri.getHost() == null) {
        throw new IllegalArgumentException("must be http://HOST... or https://HOST...");
      }
      URI bare =
          new URI(
              uri.getScheme()
                  + "://"
                  + uri.getHost()
                  + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                  + uri.getRawPath()
                  + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
      return new WebAddress(bare, uri.getUserInfo());
    } catch (URISyntaxException e) {
      // Its message would repeat what is written.
      throw new IllegalArgumentException(
          "no valid address, at character " + (e.getIndex() + 1) + ": " + e.getReason(), null);
    }
  }

  /** Without user info. */
  public URI uri() {
    return uri;
  }

  /** The value of an {@code Authorization} header, where the address has user info. */
  public Optional<String> authorization() {
    return Optional.ofNullable(userInfo).map(WebAddress::basic);
  }

  /**
   * The value of an {@code Authorization} header.
   *
   * @param credentials user and password with a colon between them
   */
  public static String basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Scheme, host and port alone. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
