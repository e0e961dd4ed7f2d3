package io.millrace.exporter.loki;

import io.millrace.pdata.ByteRange;
import java.util.HexFormat;

/** Ids of traces and spans as text. Thread safe. */
final class Ids {
  private Ids() {}

  /** Returns an id in hexadecimal digits, nothing for one that is empty or zero. */
  static String hex(ByteRange id) {
    for (byte part : id.copy()) {
      if (part != 0) {
        return HexFormat.of().formatHex(id.copy());
      }
    }
    return "";
  }
}
