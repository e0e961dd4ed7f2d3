package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Span.Link;
import io.millrace.wire.WireReader;

/**
 * A {@code Span.Link}.
 *
 * <pre>
 *   1  trace_id                  bytes    eager
 *   2  span_id                   bytes    eager
 *   3  trace_state               bytes    eager
 *   4  attributes                bytes    repeated
 *   5  dropped_attributes_count  varint   eager
 *   6  flags                     fixed32  eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class SpanLinkView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange traceId = new ByteRange();
  private final ByteRange spanId = new ByteRange();
  private final ByteRange traceState = new ByteRange();
  private final RangeCursor attributes = new RangeCursor(Link.ATTRIBUTES);
  private int droppedAttributesCount;
  private int flags;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Link.TRACE_ID -> traceId.read(in, bytes);
        case Link.SPAN_ID -> spanId.read(in, bytes);
        case Link.TRACE_STATE -> traceState.read(in, bytes);
        case Link.ATTRIBUTES -> attributes.add(start, in);
        case Link.DROPPED_ATTRIBUTES_COUNT -> droppedAttributesCount = in.readVarint32();
        case Link.FLAGS -> flags = in.readFixed32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    traceId.clear();
    spanId.clear();
    traceState.clear();
    attributes.clear(bytes);
    droppedAttributesCount = 0;
    flags = 0;
  }

  public ByteRange traceId() {
    return traceId;
  }

  public ByteRange spanId() {
    return spanId;
  }

  public ByteRange traceState() {
    return traceState;
  }

  /** Each for an {@link AttributeView}. */
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }

  public int flags() {
    return flags;
  }
}
