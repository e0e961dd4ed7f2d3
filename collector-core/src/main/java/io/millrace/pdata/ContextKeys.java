package io.millrace.pdata;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names parts of a {@link RequestContext}: what is read of it, or what keeps batches apart.
 * Immutable.
 *
 * @param metadata names of headers, in lower case
 * @param auth names of attributes that an authenticator found
 */
public record ContextKeys(Set<String> metadata, Set<String> auth) {
  public static final ContextKeys NONE = new ContextKeys(Set.of(), Set.of());

  public ContextKeys {
    metadata =
        metadata.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    auth = Set.copyOf(auth);
  }

  /** Names headers, whatever their case. */
  public static ContextKeys ofMetadata(Collection<String> names) {
    return new ContextKeys(Set.copyOf(names), Set.of());
  }

  public boolean isEmpty() {
    return metadata.isEmpty() && auth.isEmpty();
  }

  /** Returns these and the others. */
  public ContextKeys with(ContextKeys others) {
    return new ContextKeys(union(metadata, others.metadata), union(auth, others.auth));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  /** Returns whether all of the others are among these. */
  public boolean containsAll(ContextKeys others) {
    return metadata.containsAll(others.metadata) && auth.containsAll(others.auth);
  }

  /** Returns them in words, such as {@code metadata.x-tenant and auth.username}. */
  @Override
  public String toString() {
    Stream<String> headers = new TreeSet<>(metadata).stream().map(name -> "metadata." + name);
    Stream<String> attributes = new TreeSet<>(auth).stream().map(name -> "auth." + name);
    return Stream.concat(headers, attributes).collect(Collectors.joining(" and "));
  }
}
