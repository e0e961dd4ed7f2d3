package io.millrace.transport;

import java.net.InetSocketAddress;

/**
 * Where to listen, as users write it: {@code host:port}, {@code [::1]:port}, or {@code :port} for
 * every interface. Immutable.
 *
 * @param host a name or address without brackets; empty for every interface
 * @param port 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  private static final int PORT_MAX = 65535;

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException when it is something else; says what
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw malformed(text);
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      throw malformed(text);
    }
    return new ListenAddress(
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(text, text.substring(colon + 1)));
  }

  /** Returns whether it is reachable from other machines on every interface. */
  public boolean isEverywhere() {
    return host.isEmpty() || toSocketAddress().getAddress().isAnyLocalAddress();
  }

  /** Looks the host up; an unknown one gives an unresolved address. */
  public InetSocketAddress toSocketAddress() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException _) { // told below, together with numbers out of range
    }
    throw malformed(text);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("\"" + text + "\" (expected: host:port)");
  }
}
