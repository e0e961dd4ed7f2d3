package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;

/** Trace and span ids, which are all zeros where they are absent. */
final class IdBytes {
  static final int TRACE_ID = 16;
  static final int SPAN_ID = 8;

  private static final byte[] ZEROS = new byte[TRACE_ID];

  private IdBytes() {}

  static void fill(Value value, Kind kind, ByteRange id, int length) {
    if (id.isEmpty()) {
      value.content(kind, ZEROS, 0, length);
    } else {
      value.content(kind, id.bytes(), id.offset(), id.length());
    }
  }

  static boolean isZero(ByteRange id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.bytes()[id.offset() + i] != 0) {
        return false;
      }
    }
    return true;
  }
}
