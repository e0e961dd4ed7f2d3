package io.millrace.benchmarks.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A request whose items have their numbers in fields of eight bytes. Immutable. */
final class RenderedNumbers implements RenderedRequest {
  /** What an item has in one of those fields. */
  @FunctionalInterface
  interface Field {
    long of(SpanNumbers numbers, int index);
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Numbers that occur in no other field of a rendered request. */
  private static final SpanNumbers MARKERS = new SpanNumbers(0x5eed_5eed_0000_0000L);

  private final byte[] template;
  private final List<Field> fields;
  private final int[] offsets;

  private RenderedNumbers(byte[] template, int items, List<Field> fields) {
    this.template = template;
    this.fields = fields;
    this.offsets = new int[items * fields.size()];
    int position = 0;
    for (int at = 0; at < offsets.length; at++) {
      offsets[at] = indexOf(field(at).of(MARKERS, index(at)), position);
      position = offsets[at] + Long.BYTES;
    }
  }

  /** Renders a payload whose items have these fields, in this order. */
  static RenderedNumbers of(Payload payload, Field... fields) {
    return new RenderedNumbers(
        payload.message(MARKERS).toByteArray(), payload.items(), List.of(fields));
  }

  private Field field(int at) {
    return fields.get(at % fields.size());
  }

  private int index(int at) {
    return at / fields.size();
  }

  private int indexOf(long value, int from) {
    for (int i = from; i <= template.length - Long.BYTES; i++) {
      if ((long) LONG.get(template, i) == value) {
        return i;
      }
    }
    throw new IllegalStateException("no " + Long.toHexString(value) + " behind byte " + from);
  }

  @Override
  public int items() {
    return offsets.length / fields.size();
  }

  @Override
  public byte[] copy() {
    return Arrays.copyOf(template, template.length);
  }

  @Override
  public void stamp(byte[] copy, long request) {
    SpanNumbers numbers = SpanNumbers.ofRequest(request, items());
    for (int at = 0; at < offsets.length; at++) {
      LONG.set(copy, offsets[at], field(at).of(numbers, index(at)));
    }
  }
}
