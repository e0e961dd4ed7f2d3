package io.millrace.pdata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /** Returns this context reduced to what is named; everything else is dropped. */
  public RequestContext project(ContextKeys keys) {
    Map<String, List<String>> keptMetadata = kept(metadata, keys.metadata());
    Map<String, String> keptAuth = kept(auth, keys.auth());
    return keptMetadata.isEmpty() && keptAuth.isEmpty()
        ? EMPTY
        : new RequestContext(keptMetadata, keptAuth, "");
  }

  private static <V> Map<String, V> kept(Map<String, V> all, Set<String> keys) {
    if (keys.isEmpty() || all.isEmpty()) {
      return Map.of();
    }
    Map<String, V> kept = new HashMap<>();
    for (String key : keys) {
      V value = all.get(key);
      if (value != null) {
        kept.put(key, value);
      }
    }
    return kept;
  }

  /** Returns names alone: values may be secret, such as {@code authorization} or a raw token. */
  @Override
  public String toString() {
    return "RequestContext[metadata="
        + new TreeSet<>(metadata.keySet())
        + ", auth="
        + new TreeSet<>(auth.keySet())
        + ", clientAddress="
        + clientAddress
        + "]";
  }
}
