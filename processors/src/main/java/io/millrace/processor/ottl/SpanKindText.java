package io.millrace.processor.ottl;

import java.nio.charset.StandardCharsets;

/** {@code kind.string} and {@code kind.deprecated_string}; empty for an unknown number. */
final class SpanKindText {
  private static final byte[][] NAMES =
      encoded("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer");
  private static final byte[][] SYMBOLS =
      encoded(
          "SPAN_KIND_UNSPECIFIED",
          "SPAN_KIND_INTERNAL",
          "SPAN_KIND_SERVER",
          "SPAN_KIND_CLIENT",
          "SPAN_KIND_PRODUCER",
          "SPAN_KIND_CONSUMER");
  private static final byte[] UNKNOWN = {};

  private SpanKindText() {}

  static byte[] name(int kind) {
    return of(NAMES, kind);
  }

  static byte[] symbol(int kind) {
    return of(SYMBOLS, kind);
  }

  private static byte[] of(byte[][] names, int kind) {
    return kind >= 0 && kind < names.length ? names[kind] : UNKNOWN;
  }

  private static byte[][] encoded(String... names) {
    byte[][] encoded = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      encoded[i] = names[i].getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }
}
