package io.millrace.pdata;

import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.wire.WireReader;

/**
 * A {@code KeyValue}: an attribute, or an entry of a list value.
 *
 * <pre>
 *   1  key           bytes   eager
 *   2  value         bytes   lazy
 *   3  key_strindex  varint  eager, of profiles only
 * </pre>
 *
 * Confined to one thread.
 */
public final class AttributeView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange key = new ByteRange();
  private final ByteRange value = new ByteRange();
  private final AnyValueView valueView = new AnyValueView();
  private int keyStrindex;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    key.clear();
    value.clear();
    keyStrindex = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case KeyValue.KEY -> key.read(in, bytes);
        case KeyValue.VALUE -> value.merge(in, bytes);
        case KeyValue.KEY_STRINDEX -> keyStrindex = in.readVarint32();
        default -> in.skip(tag);
      }
    }
  }

  public ByteRange key() {
    return key;
  }

  /** The value, read anew at each call. */
  public AnyValueView value() {
    valueView.wrap(value);
    return valueView;
  }

  /** The value as bytes. */
  ByteRange valueRange() {
    return value;
  }

  public int keyStrindex() {
    return keyStrindex;
  }
}
