package io.millrace.transport.http;

import io.millrace.config.Checks;
import java.util.List;

/**
 * The {@code cors} section of a server, with the collector's keys: which web pages of other origins
 * may send requests. Credentials are always allowed. Immutable.
 *
 * @param allowedOrigins such as {@code https://app.example}, with at most one {@code *} in each;
 *     {@code *} alone for any. Empty leaves browsers to refuse all of them
 * @param allowedHeaders that requests may have beside the harmless ones; {@code *} for any
 * @param exposedHeaders of answers that pages may read
 * @param maxAge for how many seconds browsers may remember all this; 0 for their own default
 */
public record CorsConfig(
    List<String> allowedOrigins,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    int maxAge) {
  /** No other origins. */
  public static final CorsConfig DEFAULT = new CorsConfig(List.of(), List.of(), List.of(), 0);

  public CorsConfig {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHeaders = List.copyOf(allowedHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
    new Checks()
        .that(
            allowedOrigins.stream().allMatch(CorsConfig::isPattern),
            "allowed_origins",
            allowedOrigins,
            "origins, with at most one * in each")
        .atLeast("max_age", maxAge, 0)
        .throwIfAny();
  }

  /** Returns whether it says something, and to nobody. */
  public boolean isUseless() {
    return allowedOrigins.isEmpty() && !equals(DEFAULT);
  }

  private static boolean isPattern(String origin) {
    return !origin.isBlank() && origin.indexOf('*') == origin.lastIndexOf('*');
  }
}
