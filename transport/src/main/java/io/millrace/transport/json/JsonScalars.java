package io.millrace.transport.json;

import io.millrace.wire.Utf8;
import io.millrace.wire.WireReader;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what is no message: ids in hexadecimal, 64-bit numbers as texts, enums as numbers, and
 * {@code "NaN"} in quotes.
 *
 * <p>Confined to one thread.
 */
final class JsonScalars {
  /** Of an id, and more than the digits of any number. */
  private static final int SCRATCH_BYTES = 32;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final JsonGenerator out;
  private final byte[] scratch = new byte[SCRATCH_BYTES];

  JsonScalars(JsonGenerator out) {
    this.out = out;
  }

  /** Writes the value at the cursor, of which the range is {@code bytes}, and moves over it. */
  void write(FieldType type, byte[] bytes, WireReader in) {
    switch (type) {
      case STRING, BYTES, ID8, ID16 -> text(type, bytes, in);
      case BOOL -> out.writeBoolean(in.readVarint64() != 0);
      case INT32, ENUM -> out.writeNumber(in.readVarint32());
      case UINT32 -> out.writeNumber(Integer.toUnsignedLong(in.readVarint32()));
      case SINT32 -> out.writeNumber(in.readSint32());
      case FIXED32 -> out.writeNumber(Integer.toUnsignedLong(in.readFixed32()));
      case INT64 -> signed(in.readVarint64());
      case UINT64 -> digits(in.readVarint64(), false);
      case FIXED64 -> digits(in.readFixed64(), false);
      case SFIXED64 -> signed(in.readFixed64());
      case DOUBLE -> out.writeNumber(Double.longBitsToDouble(in.readFixed64()));
      case MESSAGE -> throw new IllegalArgumentException("type: MESSAGE (expected: a scalar)");
    }
  }

  private void text(FieldType type, byte[] bytes, WireReader in) {
    int length = in.readLength();
    int at = in.position();
    in.advance(length);
    switch (type) {
      case STRING -> string(bytes, at, length);
      case BYTES -> out.writeBinary(bytes, at, length);
      default -> hex(bytes, at, length);
    }
  }

  /** Validation has repaired what it looked into; it does not look into everything. */
  private void string(byte[] bytes, int at, int length) {
    if (Utf8.isValid(bytes, at, length)) {
      out.writeUTF8String(bytes, at, length);
    } else {
      byte[] repaired = Arrays.copyOfRange(bytes, at, at + length);
      Utf8.repair(repaired, 0, length);
      out.writeUTF8String(repaired, 0, length);
    }
  }

  private void hex(byte[] bytes, int at, int length) {
    byte[] digits =
        2L * length <= SCRATCH_BYTES ? scratch : new byte[Math.multiplyExact(2, length)];
    for (int i = 0; i < length; i++) {
      digits[2 * i] = HEX[(bytes[at + i] >> 4) & 0xf];
      digits[2 * i + 1] = HEX[bytes[at + i] & 0xf];
    }
    out.writeRawUTF8String(digits, 0, 2 * length);
  }

  private void signed(long value) {
    digits(value < 0 ? -value : value, value < 0);
  }

  /** Writes the digits of an unsigned number, with a sign in front or not. */
  private void digits(long value, boolean isNegative) {
    int at = SCRATCH_BYTES;
    long rest = value;
    do {
      long tenth = Long.divideUnsigned(rest, 10);
      scratch[--at] = (byte) ('0' + (int) (rest - 10 * tenth));
      rest = tenth;
    } while (rest != 0);
    if (isNegative) {
      scratch[--at] = '-';
    }
    out.writeRawUTF8String(scratch, at, SCRATCH_BYTES - at);
  }
}
