package io.millrace.pdata;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.ArrayValue;
import io.millrace.wire.WireReader;

/**
 * An {@code AnyValue}: the value of an attribute or the body of a log record.
 *
 * <pre>
 *   1  string_value           bytes    eager
 *   2  bool_value             varint   eager
 *   3  int_value              varint   eager
 *   4  double_value           fixed64  eager
 *   5  array_value            bytes    lazy, its values
 *   6  kvlist_value           bytes    lazy, its values
 *   7  bytes_value            bytes    eager
 *   8  string_value_strindex  varint   eager, of profiles only
 * </pre>
 *
 * <p>At most one of them is set, the last one written; {@link #kind()} tells which. Lists nest at
 * most 32 levels deep, and each level needs a view of its own. Confined to one thread.
 */
public final class AnyValueView implements View {
  /** Which member of the oneof is set. */
  public enum Kind {
    NOT_SET,
    STRING,
    BOOL,
    INT,
    DOUBLE,
    ARRAY,
    KVLIST,
    BYTES,
    STRING_STRINDEX
  }

  private final WireReader in = new WireReader();
  private final ByteRange content = new ByteRange();
  private final ByteRange nothing = new ByteRange();
  private final RangeCursor values = new RangeCursor(ArrayValue.VALUES);
  private Kind kind = Kind.NOT_SET;
  private long number;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    kind = Kind.NOT_SET;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case AnyValue.STRING_VALUE -> last(Kind.STRING, bytes);
        case AnyValue.BOOL_VALUE -> number(Kind.BOOL, in.readVarint64());
        case AnyValue.INT_VALUE -> number(Kind.INT, in.readVarint64());
        case AnyValue.DOUBLE_VALUE -> number(Kind.DOUBLE, in.readFixed64());
        case AnyValue.ARRAY_VALUE -> merge(Kind.ARRAY, bytes);
        case AnyValue.KVLIST_VALUE -> merge(Kind.KVLIST, bytes);
        case AnyValue.BYTES_VALUE -> last(Kind.BYTES, bytes);
        case AnyValue.STRING_VALUE_STRINDEX -> number(Kind.STRING_STRINDEX, in.readVarint32());
        default -> in.skip(tag);
      }
    }
  }

  public Kind kind() {
    return kind;
  }

  public ByteRange stringValue() {
    return content(Kind.STRING);
  }

  public boolean boolValue() {
    return number(Kind.BOOL) != 0;
  }

  public long intValue() {
    return number(Kind.INT);
  }

  public double doubleValue() {
    return Double.longBitsToDouble(number(Kind.DOUBLE));
  }

  /** The values of the array, each for an {@link AnyValueView} other than this. */
  public RangeCursor arrayValue() {
    return values.rewind(content(Kind.ARRAY));
  }

  /** The entries of the list, each for an {@link AttributeView}. */
  public RangeCursor kvlistValue() {
    return values.rewind(content(Kind.KVLIST));
  }

  public ByteRange bytesValue() {
    return content(Kind.BYTES);
  }

  public int stringValueStrindex() {
    return (int) number(Kind.STRING_STRINDEX);
  }

  private void number(Kind newKind, long newNumber) {
    kind = newKind;
    number = newNumber;
  }

  private void last(Kind newKind, byte[] bytes) {
    kind = newKind;
    content.read(in, bytes);
  }

  /** Parts of the same list merge; a list after anything else starts anew. */
  private void merge(Kind newKind, byte[] bytes) {
    if (kind != newKind) {
      content.clear();
    }
    kind = newKind;
    content.merge(in, bytes);
  }

  private long number(Kind expected) {
    return kind == expected ? number : 0;
  }

  private ByteRange content(Kind expected) {
    return kind == expected ? content : nothing;
  }
}
