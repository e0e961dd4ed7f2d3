package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Span.Event;
import io.millrace.wire.WireReader;

/**
 * A {@code Span.Event}.
 *
 * <pre>
 *   1  time_unix_nano            fixed64  eager
 *   2  name                      bytes    eager
 *   3  attributes                bytes    repeated
 *   4  dropped_attributes_count  varint   eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class SpanEventView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange name = new ByteRange();
  private final RangeCursor attributes = new RangeCursor(Event.ATTRIBUTES);
  private long timeUnixNano;
  private int droppedAttributesCount;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Event.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case Event.NAME -> name.read(in, bytes);
        case Event.ATTRIBUTES -> attributes.add(start, in);
        case Event.DROPPED_ATTRIBUTES_COUNT -> droppedAttributesCount = in.readVarint32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    timeUnixNano = 0;
    name.clear();
    attributes.clear(bytes);
    droppedAttributesCount = 0;
  }

  public long timeUnixNano() {
    return timeUnixNano;
  }

  public ByteRange name() {
    return name;
  }

  /** Each for an {@link AttributeView}. */
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }
}
