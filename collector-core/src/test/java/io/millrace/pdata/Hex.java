package io.millrace.pdata;

import java.util.HexFormat;

/** Bytes written out by hand, one field a line. */
final class Hex {
  private Hex() {}

  /** Reads hexadecimal text in which white space and everything behind {@code #} is comment. */
  static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
  }
}
