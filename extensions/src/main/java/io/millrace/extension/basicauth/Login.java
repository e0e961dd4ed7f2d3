package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;

/**
 * The header {@code Authorization: Basic} as it came in. Immutable.
 *
 * @param raw the base64 in it
 */
record Login(String username, String password, String raw) {
  private static final String PREFIX = "Basic ";

  /**
   * Reads the header's value.
   *
   * @throws IllegalArgumentException when it is none, with the collector's words
   */
  static Login parse(String header) {
    if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      throw new IllegalArgumentException("invalid authorization scheme prefix");
    }
    String raw = header.substring(PREFIX.length());
    String login = decoded(raw);
    int colon = login.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("invalid authorization format");
    }
    return new Login(login.substring(0, colon), login.substring(colon + 1), raw);
  }

  private static String decoded(String raw) {
    try {
      return new String(Base64.getDecoder().decode(raw), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid authorization format", e);
    }
  }

  /** Returns what processors know of the sender as {@code auth.*}. */
  Map<String, String> attributes() {
    return Map.of("username", username, "raw", raw);
  }

  @Override
  public String toString() {
    return username;
  }
}
