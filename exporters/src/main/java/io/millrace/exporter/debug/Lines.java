package io.millrace.exporter.debug;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.time.Instant;

/** Indented lines of names and values. Guarded by its exporter. */
final class Lines {
  private final StringBuilder out;
  private final AttributeView attribute = new AttributeView();
  private int depth;

  Lines(StringBuilder out) {
    this.out = out;
  }

  /** Begins a block under a title; {@link #end} ends it. */
  void begin(String title) {
    start().append(title);
    depth++;
  }

  void begin(String title, int index) {
    begin(title + " #" + index);
  }

  void end() {
    depth--;
  }

  void field(String name, Object value) {
    start().append(name).append(": ").append(value);
  }

  void text(String name, ByteRange value) {
    field(name, value.utf8());
  }

  void id(String name, ByteRange value) {
    field(name, ValueText.hex(value));
  }

  void unsigned(String name, long value) {
    field(name, Long.toUnsignedString(value));
  }

  void unsigned(String name, int value) {
    field(name, Integer.toUnsignedString(value));
  }

  /** Writes a time since 1970; 0 means unknown. */
  void time(String name, long unixNanos) {
    field(name, unixNanos == 0 ? "" : instant(unixNanos));
  }

  private static Instant instant(long unixNanos) {
    long seconds = Long.divideUnsigned(unixNanos, 1_000_000_000L);
    return Instant.ofEpochSecond(seconds, Long.remainderUnsigned(unixNanos, 1_000_000_000L));
  }

  void value(String name, AnyValueView value) {
    start().append(name).append(": ").append(ValueText.typeOf(value)).append('(');
    ValueText.appendValue(out, value);
    out.append(')');
  }

  /** Writes a block with one line per attribute; nothing without any. */
  void attributes(String title, RangeCursor attributes) {
    if (!attributes.next(attribute)) {
      return;
    }
    begin(title);
    do {
      value(attribute.key().utf8(), attribute.value());
    } while (attributes.next(attribute));
    end();
  }

  private StringBuilder start() {
    return out.append('\n').repeat("  ", depth);
  }
}
