package io.millrace.pdata;

import io.millrace.pdata.CommonTags.EntityRef;
import io.millrace.wire.WireReader;

/**
 * An {@code EntityRef} of a resource, in development upstream.
 *
 * <pre>
 *   1  schema_url        bytes  eager
 *   2  type              bytes  eager
 *   3  id_keys           bytes  repeated
 *   4  description_keys  bytes  repeated
 * </pre>
 *
 * Confined to one thread.
 */
public final class EntityRefView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange schemaUrl = new ByteRange();
  private final ByteRange type = new ByteRange();
  private final RangeCursor idKeys = new RangeCursor(EntityRef.ID_KEYS);
  private final RangeCursor descriptionKeys = new RangeCursor(EntityRef.DESCRIPTION_KEYS);

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    schemaUrl.clear();
    type.clear();
    idKeys.clear(bytes);
    descriptionKeys.clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case EntityRef.SCHEMA_URL -> schemaUrl.read(in, bytes);
        case EntityRef.TYPE -> type.read(in, bytes);
        case EntityRef.ID_KEYS -> idKeys.add(start, in);
        case EntityRef.DESCRIPTION_KEYS -> descriptionKeys.add(start, in);
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  public ByteRange schemaUrl() {
    return schemaUrl;
  }

  public ByteRange type() {
    return type;
  }

  /** The keys, each for a {@link ByteRange}. */
  public RangeCursor idKeys() {
    return idKeys.rewind();
  }

  /** The keys, each for a {@link ByteRange}. */
  public RangeCursor descriptionKeys() {
    return descriptionKeys.rewind();
  }
}
