package io.millrace.pdata;

import io.millrace.pdata.CommonTags.Resource;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.wire.WireReader;

/**
 * A {@code ResourceSpans}, {@code ResourceMetrics} or {@code ResourceLogs} and the {@code Resource}
 * in it.
 *
 * <pre>
 *      1  resource                  bytes   eager, as follows
 *           1  attributes                bytes   repeated
 *           2  dropped_attributes_count  varint  eager
 *           3  entity_refs               bytes   repeated
 *      2  scope_*                   bytes   repeated, {@link #scopes()}
 *      3  schema_url                bytes   eager
 *   1000  instrumentation_library_* bytes   repeated, scopes() where there is no scope_*
 * </pre>
 *
 * Confined to one thread.
 */
public final class ResourceView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange resource = new ByteRange();
  private final ByteRange schemaUrl = new ByteRange();
  private final RangeCursor scopes = new RangeCursor(ResourceRecords.SCOPE_RECORDS);
  private final RangeCursor oldScopes =
      new RangeCursor(ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS);
  private final RangeCursor attributes = new RangeCursor(Resource.ATTRIBUTES);
  private final RangeCursor entityRefs = new RangeCursor(Resource.ENTITY_REFS);
  private int droppedAttributesCount;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    resource.clear();
    schemaUrl.clear();
    scopes.clear(bytes);
    oldScopes.clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ResourceRecords.RESOURCE -> resource.merge(in, bytes);
        case ResourceRecords.SCOPE_RECORDS -> scopes.add(start, in);
        case ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS -> oldScopes.add(start, in);
        case ResourceRecords.SCHEMA_URL -> schemaUrl.read(in, bytes);
        default -> in.skip(tag);
      }
      start = in.position();
    }
    wrapResource(resource.bytes(), resource.offset(), resource.length());
  }

  private void wrapResource(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    attributes.clear(bytes);
    entityRefs.clear(bytes);
    droppedAttributesCount = 0;
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Resource.ATTRIBUTES -> attributes.add(start, in);
        case Resource.DROPPED_ATTRIBUTES_COUNT -> droppedAttributesCount = in.readVarint32();
        case Resource.ENTITY_REFS -> entityRefs.add(start, in);
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  /** The whole {@code Resource} message, for comparing and for keeping it as bytes. */
  public ByteRange resource() {
    return resource;
  }

  /** The attributes, each for an {@link AttributeView}. */
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }

  /** The references, each for an {@link EntityRefView}. */
  public RangeCursor entityRefs() {
    return entityRefs.rewind();
  }

  public ByteRange schemaUrl() {
    return schemaUrl;
  }

  /** The scopes with their records, each for a {@link ScopeView}. */
  public RangeCursor scopes() {
    return scopes.isEmpty() ? oldScopes.rewind() : scopes.rewind();
  }
}
