package io.millrace.transport.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets web pages of other origins send requests. A browser asks first, with a preflight, which is
 * answered here and reaches no handler.
 *
 * <p>Source: the Fetch standard, section 3.2, "CORS protocol". Immutable.
 */
final class Cors {
  private static final String ANY = "*";
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
  private static final Set<String> HARMLESS =
      Set.of("accept", "content-type", "origin", "x-requested-with");
  private static final String PREFLIGHT_VARY =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
  private static final byte[] NOTHING = new byte[0];

  private final CorsConfig config;
  private final Set<String> headers = new HashSet<>(HARMLESS);

  Cors(CorsConfig config) {
    this.config = config;
    config.allowedHeaders().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns the answer to a preflight; null for other requests. */
  @Nullable HttpAnswer preflight(HttpExchange exchange) {
    return isPreflight(exchange)
        ? new HttpAnswer(204, "text/plain", NOTHING, preflightHeaders(exchange))
        : null;
  }

  /** Returns what the answer to any other request says of its origin. */
  Map<String, String> headers(HttpExchange exchange) {
    if (config.allowedOrigins().isEmpty() || isPreflight(exchange)) {
      return Map.of();
    }
    String origin = exchange.header("origin");
    if (!isAllowed(origin)) {
      return Map.of("vary", "Origin");
    }
    Map<String, String> said = new TreeMap<>(allowed(origin));
    said.put("vary", "Origin");
    if (!config.exposedHeaders().isEmpty()) {
      said.put("access-control-expose-headers", String.join(", ", config.exposedHeaders()));
    }
    return said;
  }

  private boolean isPreflight(HttpExchange exchange) {
    return !config.allowedOrigins().isEmpty()
        && exchange.method().equals("OPTIONS")
        && !exchange.header("access-control-request-method").isEmpty();
  }

  private Map<String, String> preflightHeaders(HttpExchange exchange) {
    String origin = exchange.header("origin");
    String method = exchange.header("access-control-request-method");
    String asked = exchange.header("access-control-request-headers");
    if (!isAllowed(origin) || !METHODS.contains(method) || !areAllowed(asked)) {
      return Map.of("vary", PREFLIGHT_VARY);
    }
    Map<String, String> said = new TreeMap<>(allowed(origin));
    said.put("vary", PREFLIGHT_VARY);
    said.put("access-control-allow-methods", method);
    if (!asked.isEmpty()) {
      said.put("access-control-allow-headers", asked);
    }
    if (config.maxAge() > 0) {
      said.put("access-control-max-age", String.valueOf(config.maxAge()));
    }
    return said;
  }

  private Map<String, String> allowed(String origin) {
    return Map.of(
        "access-control-allow-origin",
        config.allowedOrigins().contains(ANY) ? ANY : origin,
        "access-control-allow-credentials",
        "true");
  }

  private boolean isAllowed(String origin) {
    return !origin.isEmpty()
        && config.allowedOrigins().stream().anyMatch(pattern -> matches(pattern, origin));
  }

  private boolean areAllowed(String names) {
    return config.allowedHeaders().contains(ANY)
        || List.of(names.split(",", -1)).stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .allMatch(name -> name.isEmpty() || headers.contains(name));
  }

  private static boolean matches(String pattern, String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String lowerPattern = pattern.toLowerCase(Locale.ROOT);
    int star = lowerPattern.indexOf('*');
    if (star < 0) {
      return lowerPattern.equals(lower);
    }
    return lower.length() >= pattern.length() - 1
        && lower.startsWith(lowerPattern.substring(0, star))
        && lower.endsWith(lowerPattern.substring(star + 1));
  }
}
