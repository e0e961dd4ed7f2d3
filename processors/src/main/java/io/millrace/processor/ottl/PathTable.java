package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The paths of one kind of record, by their name behind the context's. Built once, then read. */
final class PathTable {
  /** Makes the operand for a path of that name. */
  @FunctionalInterface
  interface Entry {
    /** Returns {@code null} where such keys make no sense. */
    @Nullable Operand operand(List<Node.Key> keys);
  }

  private final TreeMap<String, Entry> entries = new TreeMap<>();

  @Nullable Entry entry(String name) {
    return entries.get(name);
  }

  Set<String> names() {
    return entries.keySet();
  }

  PathTable entry(String name, Entry entry) {
    entries.put(name, entry);
    return this;
  }

  PathTable field(String name, Kind type, Computed.Filler filler) {
    return entry(name, keys -> keys.isEmpty() ? new Computed(type, filler) : null);
  }

  PathTable number(String name, Kind type, ToLongFunction<Subject> field) {
    return field(name, type, (subject, value) -> value.number(type, field.applyAsLong(subject)));
  }

  PathTable text(String name, Function<Subject, ByteRange> field) {
    return field(name, Kind.STRING, (subject, value) -> value.string(field.apply(subject)));
  }

  /** An id as such, and under {@code .string} in hex; an absent one is all zeros. */
  PathTable id(String name, Kind type, int length, Function<Subject, ByteRange> field) {
    return field(
            name, type, (subject, value) -> IdBytes.fill(value, type, field.apply(subject), length))
        .entry(name + ".string", keys -> keys.isEmpty() ? new HexId(field, length) : null);
  }

  /** The attributes as a map, or one of them. */
  PathTable attributes(Function<Subject, RangeCursor> field) {
    return entry(
        "attributes",
        keys -> {
          if (keys.isEmpty()) {
            return new Computed(
                Kind.MAP, (subject, value) -> value.items(Kind.MAP, field.apply(subject)));
          }
          @Nullable String first = keys.getFirst().text();
          return first == null ? null : new IndexedPath(field, first, keys);
        });
  }
}
