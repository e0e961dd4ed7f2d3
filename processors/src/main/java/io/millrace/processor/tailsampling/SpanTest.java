package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.SpanView;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks something of a span that is no attribute. Confined to the ring thread. */
interface SpanTest {
  boolean passes(SpanView span);

  /** One of the codes in the span's status. */
  static SpanTest status(List<StatusCode> codes) {
    int numbers = 0;
    for (StatusCode code : codes) {
      numbers |= 1 << code.number;
    }
    int wanted = numbers;
    return span -> {
      int code = span.status().code();
      return code >= 0 && code < Integer.SIZE && (wanted & 1 << code) != 0;
    };
  }

  /** The W3C flag <i>sampled</i>. */
  static SpanTest sampledFlag() {
    return span -> (span.flags() & 1) != 0;
  }

  /** One of the values under the key of the span's {@code tracestate}; an empty one never is. */
  static SpanTest traceState(String key, List<String> values) {
    byte[][] members =
        values.stream()
            .filter(value -> !value.isEmpty())
            .map(value -> (key + '=' + value).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    ByteRange member = new ByteRange();
    return span -> hasMember(span.traceState(), members, member);
  }

  /** Goes through the members between commas, blanks around them left out. */
  private static boolean hasMember(ByteRange traceState, byte[][] members, ByteRange member) {
    byte[] bytes = traceState.bytes();
    int end = traceState.offset() + traceState.length();
    int from = traceState.offset();
    while (from < end) {
      int to = from;
      while (to < end && bytes[to] != ',') {
        to++;
      }
      wrapStripped(bytes, from, to, member);
      for (byte[] wanted : members) {
        if (member.contentEquals(wanted)) {
          return true;
        }
      }
      from = to + 1;
    }
    return false;
  }

  private static void wrapStripped(byte[] bytes, int from, int to, ByteRange member) {
    int first = from;
    int last = to;
    while (first < last && isBlank(bytes[first])) {
      first++;
    }
    while (first < last && isBlank(bytes[last - 1])) {
      last--;
    }
    member.wrap(bytes, first, last - first);
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t';
  }
}
