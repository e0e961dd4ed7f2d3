package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Span;
import io.millrace.wire.WireReader;

/**
 * A {@code Span}.
 *
 * <pre>
 *    1  trace_id                  bytes    eager
 *    2  span_id                   bytes    eager
 *    3  trace_state               bytes    eager
 *    4  parent_span_id            bytes    eager
 *    5  name                      bytes    eager
 *    6  kind                      varint   eager
 *    7  start_time_unix_nano      fixed64  eager
 *    8  end_time_unix_nano        fixed64  eager
 *    9  attributes                bytes    repeated
 *   10  dropped_attributes_count  varint   eager
 *   11  events                    bytes    repeated
 *   12  dropped_events_count      varint   eager
 *   13  links                     bytes    repeated
 *   14  dropped_links_count       varint   eager
 *   15  status                    bytes    lazy
 *   16  flags                     fixed32  eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class SpanView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange traceId = new ByteRange();
  private final ByteRange spanId = new ByteRange();
  private final ByteRange traceState = new ByteRange();
  private final ByteRange parentSpanId = new ByteRange();
  private final ByteRange name = new ByteRange();
  private final RangeCursor attributes = new RangeCursor(Span.ATTRIBUTES);
  private final RangeCursor events = new RangeCursor(Span.EVENTS);
  private final RangeCursor links = new RangeCursor(Span.LINKS);
  private final ByteRange status = new ByteRange();
  private final StatusView statusView = new StatusView();
  private int kind;
  private long startTimeUnixNano;
  private long endTimeUnixNano;
  private int droppedAttributesCount;
  private int droppedEventsCount;
  private int droppedLinksCount;
  private int flags;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Span.TRACE_ID -> traceId.read(in, bytes);
        case Span.SPAN_ID -> spanId.read(in, bytes);
        case Span.TRACE_STATE -> traceState.read(in, bytes);
        case Span.PARENT_SPAN_ID -> parentSpanId.read(in, bytes);
        case Span.NAME -> name.read(in, bytes);
        case Span.KIND -> kind = in.readVarint32();
        case Span.START_TIME_UNIX_NANO -> startTimeUnixNano = in.readFixed64();
        case Span.END_TIME_UNIX_NANO -> endTimeUnixNano = in.readFixed64();
        case Span.ATTRIBUTES -> attributes.add(start, in);
        case Span.DROPPED_ATTRIBUTES_COUNT -> droppedAttributesCount = in.readVarint32();
        case Span.EVENTS -> events.add(start, in);
        case Span.DROPPED_EVENTS_COUNT -> droppedEventsCount = in.readVarint32();
        case Span.LINKS -> links.add(start, in);
        case Span.DROPPED_LINKS_COUNT -> droppedLinksCount = in.readVarint32();
        case Span.STATUS -> status.merge(in, bytes);
        case Span.FLAGS -> flags = in.readFixed32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    traceId.clear();
    spanId.clear();
    traceState.clear();
    parentSpanId.clear();
    name.clear();
    kind = 0;
    startTimeUnixNano = 0;
    endTimeUnixNano = 0;
    attributes.clear(bytes);
    droppedAttributesCount = 0;
    events.clear(bytes);
    droppedEventsCount = 0;
    links.clear(bytes);
    droppedLinksCount = 0;
    status.clear();
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

  public ByteRange parentSpanId() {
    return parentSpanId;
  }

  public ByteRange name() {
    return name;
  }

  public int kind() {
    return kind;
  }

  public long startTimeUnixNano() {
    return startTimeUnixNano;
  }

  public long endTimeUnixNano() {
    return endTimeUnixNano;
  }

  /** Each for an {@link AttributeView}. */
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }

  /** Each for a {@link SpanEventView}. */
  public RangeCursor events() {
    return events.rewind();
  }

  public int droppedEventsCount() {
    return droppedEventsCount;
  }

  /** Each for a {@link SpanLinkView}. */
  public RangeCursor links() {
    return links.rewind();
  }

  public int droppedLinksCount() {
    return droppedLinksCount;
  }

  /** Read anew at each call. */
  public StatusView status() {
    statusView.wrap(status);
    return statusView;
  }

  public int flags() {
    return flags;
  }
}
