package io.millrace.pdata;

import io.millrace.pdata.CommonTags.InstrumentationScope;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.wire.WireReader;

/**
 * A {@code ScopeSpans}, {@code ScopeMetrics} or {@code ScopeLogs} and the {@code
 * InstrumentationScope} in it.
 *
 * <pre>
 *   1  scope       bytes  eager, as follows
 *        1  name                      bytes   eager
 *        2  version                   bytes   eager
 *        3  attributes                bytes   repeated
 *        4  dropped_attributes_count  varint  eager
 *   2  spans, metrics, log_records    bytes   repeated, {@link #records()}
 *   3  schema_url  bytes  eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class ScopeView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange scope = new ByteRange();
  private final ByteRange schemaUrl = new ByteRange();
  private final RangeCursor records = new RangeCursor(ScopeRecords.RECORDS);
  private final ByteRange name = new ByteRange();
  private final ByteRange version = new ByteRange();
  private final RangeCursor attributes = new RangeCursor(InstrumentationScope.ATTRIBUTES);
  private int droppedAttributesCount;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    scope.clear();
    schemaUrl.clear();
    records.clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ScopeRecords.SCOPE -> scope.merge(in, bytes);
        case ScopeRecords.RECORDS -> records.add(start, in);
        case ScopeRecords.SCHEMA_URL -> schemaUrl.read(in, bytes);
        default -> in.skip(tag);
      }
      start = in.position();
    }
    wrapScope(scope.bytes(), scope.offset(), scope.length());
  }

  private void wrapScope(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    name.clear();
    version.clear();
    attributes.clear(bytes);
    droppedAttributesCount = 0;
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case InstrumentationScope.NAME -> name.read(in, bytes);
        case InstrumentationScope.VERSION -> version.read(in, bytes);
        case InstrumentationScope.ATTRIBUTES -> attributes.add(start, in);
        case InstrumentationScope.DROPPED_ATTRIBUTES_COUNT ->
            droppedAttributesCount = in.readVarint32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  /** The whole {@code InstrumentationScope} message, for comparing and for keeping it as bytes. */
  public ByteRange scope() {
    return scope;
  }

  public ByteRange name() {
    return name;
  }

  public ByteRange version() {
    return version;
  }

  /** The attributes, each for an {@link AttributeView}. */
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }

  public ByteRange schemaUrl() {
    return schemaUrl;
  }

  /** The records, each for a {@link SpanView}, {@link MetricView} or {@link LogRecordView}. */
  public RangeCursor records() {
    return records.rewind();
  }
}
