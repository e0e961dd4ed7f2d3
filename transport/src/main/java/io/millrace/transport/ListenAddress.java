package io.millrace.transport;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener binds, in the collector's spelling. Immutable.
 *
 * @param host a name or an address without brackets; empty for every interface
 * @param port 0 for a free one
 */
public record ListenAddress(String host, int port) {
  public static final String EXPECTED = "host:port";

  private static final Pattern SPELLING =
      Pattern.compile("(?<host>[^\\s:/\\[\\]@]*|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))");
  private static final int PORT_MAX = 65_535;

  /** Reads an endpoint; returns {@code null} when it is none. */
  public static @Nullable ListenAddress parse(String endpoint) {
    Matcher matcher = SPELLING.matcher(endpoint.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
      return null;
    }
    String host = matcher.group("host");
    boolean isBracketed = host.startsWith("[");
    return new ListenAddress(
        isBracketed ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(matcher.group("port")));
  }

  /** Looks the name up; the result is unresolved when it is unknown. */
  public InetSocketAddress resolve() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
