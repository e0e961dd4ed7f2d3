package io.millrace.exporter.loki;

import io.millrace.exporter.promtranslation.LabelNamer;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import java.nio.charset.StandardCharsets;

/**
 * Makes names and texts of attributes as Loki's OTLP endpoint does: a map becomes one pair for each
 * of its values, their names joined by underscores.
 *
 * <p>Loki refuses a whole request for one key that leaves no name, such as {@code ようこそ}. Here it is
 * spelled out, {@code U_3088_3046_3053_305d}; an empty key, which says nothing, is left out. Both
 * are counted. Confined to one thread.
 */
final class AttributePairs {
  private static final LabelNamer NAMER = new LabelNamer(true, false, false);

  private final Rejections counters;
  private final AnyValueWriter text = new AnyValueWriter();
  private final ByteAppender name = new ByteAppender(128);
  private final ByteAppender value = new ByteAppender(256);

  AttributePairs(Rejections counters) {
    this.counters = counters;
  }

  void append(AttributeView attribute, PairSink sink) {
    ByteRange key = attribute.key();
    if (key.isEmpty()) {
      counters.dropped();
      return;
    }
    name.truncate(0);
    appendName(key.bytes(), key.offset(), key.length(), name);
    AnyValueView any = attribute.value();
    switch (any.kind()) {
      case KVLIST -> appendMap(name.copy(), any.kvlistValue(), sink);
      case STRING -> {
        ByteRange string = any.stringValue();
        sink.pair(name, string.bytes(), string.offset(), string.length());
      }
      default -> appendText(name, any, sink);
    }
  }

  private void appendText(ByteAppender ofName, AnyValueView any, PairSink sink) {
    value.truncate(0);
    text.append(any, value);
    sink.pair(ofName, value.bytes(), 0, value.length());
  }

  /** Rare, so it may allocate; at most as deep as the door lets values nest. */
  private void appendMap(byte[] prefix, RangeCursor entries, PairSink sink) {
    AttributeView entry = new AttributeView();
    ByteAppender key = new ByteAppender(64);
    ByteAppender inner = new ByteAppender(64);
    while (entries.next(entry)) {
      key.truncate(0);
      key.put(prefix);
      key.put('_');
      key.put(entry.key().bytes(), entry.key().offset(), entry.key().length());
      inner.truncate(0);
      appendName(key.bytes(), 0, key.length(), inner);
      AnyValueView any = entry.value();
      if (any.kind() == AnyValueView.Kind.KVLIST) {
        appendMap(inner.copy(), any.kvlistValue(), sink);
      } else {
        appendText(inner, any, sink);
      }
    }
  }

  private void appendName(byte[] key, int offset, int length, ByteAppender out) {
    if (NAMER.append(key, offset, length, out)) {
      return;
    }
    counters.renamed();
    out.truncate(0);
    out.put('U');
    new String(key, offset, length, StandardCharsets.UTF_8)
        .codePoints()
        .forEach(character -> {
          out.put('_');
          out.putAscii(Integer.toHexString(character));
        });
  }
}
