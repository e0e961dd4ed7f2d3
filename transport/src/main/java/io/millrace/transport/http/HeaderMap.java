package io.millrace.transport.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what Netty knows of a request into plain values. */
final class HeaderMap {
  private HeaderMap() {}

  /** Returns all headers by lower-case name; HTTP/2's {@code :authority} stands as {@code host}. */
  static Map<String, List<String>> of(
      Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers) {
    Map<String, List<String>> map = new HashMap<>();
    while (headers.hasNext()) {
      Map.Entry<? extends CharSequence, ? extends CharSequence> header = headers.next();
      String name = header.getKey().toString().toLowerCase(Locale.ROOT);
      if (name.equals(":authority")) {
        name = "host";
      }
      if (!name.startsWith(":")) {
        map.computeIfAbsent(name, k -> new ArrayList<>(1)).add(header.getValue().toString());
      }
    }
    return map;
  }

  /** Returns {@code ip:port}, or empty where unknown. */
  static String peer(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
        : "";
  }

  /** Returns the path of a request target. */
  static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns the query of a request target. */
  static String query(String target) {
    return target.substring(Math.min(target.length(), path(target).length() + 1));
  }
}
