package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The first eight bytes of a name as an unsigned number, which decides nearly every comparison.
 * Thread safe.
 */
final class NamePrefix {
  private NamePrefix() {}

  static long of(byte[] bytes, int offset, int length) {
    long prefix = 0;
    int taken = Math.min(length, Long.BYTES);
    for (int i = 0; i < taken; i++) {
      prefix = (prefix << 8) | (bytes[offset + i] & 0xff);
    }
    return taken == 0 ? 0 : prefix << (8 * (Long.BYTES - taken));
  }

  /** Returns the prefix of an ASCII name. */
  static long of(String name) {
    byte[] bytes = name.getBytes(US_ASCII);
    return of(bytes, 0, bytes.length);
  }
}
