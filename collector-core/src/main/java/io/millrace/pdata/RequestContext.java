package io.millrace.pdata;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a request beside its bytes: who sent it, and with which metadata.
 *
 * <p>Batches may be joined only when their contexts are equal after {@link #project}; {@link
 * #EMPTY} is the context of everything whose sender no longer matters. Immutable.
 *
 * @param metadata request headers by lower-case name, in order of arrival; empty unless the
 *     receiver has {@code include_metadata}
 * @param auth attributes an authenticator found, empty without one
 * @param clientAddress the peer as {@code ip:port}, or empty where unknown
 */
public record RequestContext(
    Map<String, List<String>> metadata, Map<String, String> auth, String clientAddress) {
  public static final RequestContext EMPTY = new RequestContext(Map.of(), Map.of(), "");

  public RequestContext {
    metadata = Map.copyOf(metadata);
    auth = Map.copyOf(auth);
  }

  /** Returns this context with what an authenticator found; nothing found changes nothing. */
  public RequestContext withAuth(Map<String, String> attributes) {
    return attributes.isEmpty() ? this : new RequestContext(metadata, attributes, clientAddress);
  }

  /**
   * Returns this context reduced to the named metadata keys, case-insensitively; everything else is
   * dropped.
   */
  public RequestContext project(Collection<String> keys) {
    if (keys.isEmpty() || metadata.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> kept = new TreeMap<>();
    for (String key : keys) {
      String name = key.toLowerCase(Locale.ROOT);
      List<String> values = metadata.get(name);
      if (values != null) {
        kept.put(name, values);
      }
    }
    return kept.isEmpty() ? EMPTY : new RequestContext(kept, Map.of(), "");
  }
}
