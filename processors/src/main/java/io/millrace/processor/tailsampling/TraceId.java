package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The two halves of a trace id; an absent one is all zero, as in OTLP. Stateless. */
final class TraceId {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private TraceId() {}

  static long high(ByteRange id) {
    return id.isEmpty() ? 0 : (long) LONG.get(id.bytes(), id.offset());
  }

  static long low(ByteRange id) {
    return id.isEmpty() ? 0 : (long) LONG.get(id.bytes(), id.offset() + Long.BYTES);
  }
}
