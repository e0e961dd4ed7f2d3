package io.millrace.exporter.otlpgrpc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC exporter connects, in the collector's spellings. Immutable.
 *
 * @param target what gRPC's name resolution wants
 * @param tls whether the scheme demands TLS or plaintext; {@code null} when it does not say
 */
record GrpcEndpoint(String target, @Nullable Boolean tls) {
  static final String EXPECTED = "host:port, with http:// or https:// before it or not";

  private static final Pattern SPELLING =
      Pattern.compile(
          "(?<scheme>https?://|dns:///|passthrough:///)?"
              + "(?<address>(?:[^\\s:/\\[\\]@]+|\\[[0-9A-Fa-f:.]+])):(?<port>[0-9]{1,5})/?",
          Pattern.CASE_INSENSITIVE);
  private static final int PORT_MAX = 65_535;

  /** Reads an endpoint; returns {@code null} when it is none. */
  static @Nullable GrpcEndpoint parse(String endpoint) {
    Matcher matcher = SPELLING.matcher(endpoint.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
      return null;
    }
    String target = "dns:///" + matcher.group("address") + ":" + matcher.group("port");
    return new GrpcEndpoint(target, tls(matcher.group("scheme")));
  }

  private static @Nullable Boolean tls(@Nullable String scheme) {
    if ("https://".equalsIgnoreCase(scheme)) {
      return true;
    }
    return "http://".equalsIgnoreCase(scheme) ? false : null;
  }
}
