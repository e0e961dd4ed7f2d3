package io.millrace.pdata;

import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.wire.WireReader;

/**
 * A {@code LogRecord}.
 *
 * <pre>
 *    1  time_unix_nano            fixed64  eager
 *    2  severity_number           varint   eager
 *    3  severity_text             bytes    eager
 *    5  body                      bytes    lazy
 *    6  attributes                bytes    repeated
 *    7  dropped_attributes_count  varint   eager
 *    8  flags                     fixed32  eager
 *    9  trace_id                  bytes    eager
 *   10  span_id                   bytes    eager
 *   11  observed_time_unix_nano   fixed64  eager
 *   12  event_name                bytes    eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class LogRecordView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange severityText = new ByteRange();
  private final ByteRange body = new ByteRange();
  private final AnyValueView bodyView = new AnyValueView();
  private final RangeCursor attributes = new RangeCursor(LogRecord.ATTRIBUTES);
  private final ByteRange traceId = new ByteRange();
  private final ByteRange spanId = new ByteRange();
  private final ByteRange eventName = new ByteRange();
  private long timeUnixNano;
  private int severityNumber;
  private int droppedAttributesCount;
  private int flags;
  private long observedTimeUnixNano;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case LogRecord.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case LogRecord.SEVERITY_NUMBER -> severityNumber = in.readVarint32();
        case LogRecord.SEVERITY_TEXT -> severityText.read(in, bytes);
        case LogRecord.BODY -> body.merge(in, bytes);
        case LogRecord.ATTRIBUTES -> attributes.add(start, in);
        case LogRecord.DROPPED_ATTRIBUTES_COUNT -> droppedAttributesCount = in.readVarint32();
        case LogRecord.FLAGS -> flags = in.readFixed32();
        case LogRecord.TRACE_ID -> traceId.read(in, bytes);
        case LogRecord.SPAN_ID -> spanId.read(in, bytes);
        case LogRecord.OBSERVED_TIME_UNIX_NANO -> observedTimeUnixNano = in.readFixed64();
        case LogRecord.EVENT_NAME -> eventName.read(in, bytes);
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    timeUnixNano = 0;
    severityNumber = 0;
    severityText.clear();
    body.clear();
    attributes.clear(bytes);
    droppedAttributesCount = 0;
    flags = 0;
    traceId.clear();
    spanId.clear();
    observedTimeUnixNano = 0;
    eventName.clear();
  }

  public long timeUnixNano() {
    return timeUnixNano;
  }

  public int severityNumber() {
    return severityNumber;
  }

  public ByteRange severityText() {
    return severityText;
  }

  /** Read anew at each call. */
  public AnyValueView body() {
    bodyView.wrap(body);
    return bodyView;
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

  public ByteRange traceId() {
    return traceId;
  }

  public ByteRange spanId() {
    return spanId;
  }

  public long observedTimeUnixNano() {
    return observedTimeUnixNano;
  }

  public ByteRange eventName() {
    return eventName;
  }
}
