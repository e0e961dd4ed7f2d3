package io.millrace.transport.json;

import io.millrace.wire.WireType;

/** How a field stands on the wire, and so how its JSON is to be read. Immutable. */
enum FieldType {
  STRING(WireType.LENGTH_DELIMITED),
  BYTES(WireType.LENGTH_DELIMITED),
  /** Hexadecimal in JSON, empty or 8 bytes long. */
  ID8(WireType.LENGTH_DELIMITED),
  /** Hexadecimal in JSON, empty or 16 bytes long. */
  ID16(WireType.LENGTH_DELIMITED),
  BOOL(WireType.VARINT),
  INT32(WireType.VARINT),
  INT64(WireType.VARINT),
  UINT32(WireType.VARINT),
  UINT64(WireType.VARINT),
  SINT32(WireType.VARINT),
  FIXED32(WireType.FIXED32),
  FIXED64(WireType.FIXED64),
  SFIXED64(WireType.FIXED64),
  DOUBLE(WireType.FIXED64),
  ENUM(WireType.VARINT),
  MESSAGE(WireType.LENGTH_DELIMITED);

  private final int wireType;

  FieldType(int wireType) {
    this.wireType = wireType;
  }

  int wireType() {
    return wireType;
  }

  /** Whether a list of them is one field on the wire. */
  boolean isPacked() {
    return wireType != WireType.LENGTH_DELIMITED;
  }
}
