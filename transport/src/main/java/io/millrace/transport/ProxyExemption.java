package io.millrace.transport;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code NO_PROXY}. Immutable.
 *
 * @param name a host, or with a dot in front what ends in it; {@code *} for every host
 * @param network address of a host or block; {@code null} for a name
 * @param bits of the network that count
 * @param port 0 for every port
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProxyExemption(String name, byte @Nullable [] network, int bits, int port) {
  /** Reads an entry; one that makes no sense covers nothing. */
  static ProxyExemption parse(String entry) {
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      byte[] network = address(entry.substring(0, slash));
      return new ProxyExemption("", network, number(entry.substring(slash + 1)), 0);
    }
    String host = entry;
    int port = 0;
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (hasPort) {
      host = entry.substring(0, colon);
      port = number(entry.substring(colon + 1));
    }
    byte[] address = address(host);
    int bits = address == null ? 0 : address.length * Byte.SIZE;
    return new ProxyExemption(host.toLowerCase(Locale.ROOT), address, bits, port);
  }

  /** Returns whether a host is this machine by its name or address. */
  static boolean isLocal(String host) {
    byte[] address = address(host);
    return host.equalsIgnoreCase("localhost")
        || (address != null && InetAddress.ofLiteral(unbracketed(host)).isLoopbackAddress());
  }

  boolean covers(String host, int destinationPort) {
    if (port != 0 && port != destinationPort) {
      return false;
    }
    if (name.equals("*")) {
      return true;
    }
    byte[] address = address(host);
    if (network != null) {
      return address != null && isInNetwork(network, address);
    }
    return address == null && coversName(host.toLowerCase(Locale.ROOT));
  }

  /** {@code a.b} covers itself and what is below, {@code .a.b} and {@code *.a.b} what is below. */
  private boolean coversName(String host) {
    if (name.isEmpty()) {
      return false;
    }
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain) || host.endsWith("." + domain);
  }

  private boolean isInNetwork(byte[] block, byte[] address) {
    if (block.length != address.length || bits < 0 || bits > block.length * Byte.SIZE) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    boolean isWholeEqual = Arrays.equals(block, 0, whole, address, 0, whole);
    return isWholeEqual
        && (rest == 0 || ((block[whole] ^ address[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
  }

  private static byte @Nullable [] address(String host) {
    try {
      return InetAddress.ofLiteral(unbracketed(host)).getAddress();
    } catch (IllegalArgumentException e) { // a name
      return null;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
