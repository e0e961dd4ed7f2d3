package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** {@code trace_id.string}: an id in lower-case hex. Confined to one thread. */
final class HexId implements Operand {
  private static final HexFormat HEX = HexFormat.of();

  private final Function<Subject, ByteRange> field;
  private final byte[] hex;
  private final Value value = new Value();

  HexId(Function<Subject, ByteRange> field, int length) {
    this.field = field;
    hex = new byte[2 * length];
    value.string(hex);
  }

  @Override
  public Kind type() {
    return Kind.STRING;
  }

  @Override
  public Value evaluate(Subject subject) {
    ByteRange id = field.apply(subject);
    Arrays.fill(hex, (byte) '0');
    for (int i = 0; i < Math.min(id.length(), hex.length / 2); i++) {
      int octet = id.bytes()[id.offset() + i];
      hex[2 * i] = (byte) HEX.toHighHexDigit(octet);
      hex[2 * i + 1] = (byte) HEX.toLowHexDigit(octet);
    }
    return value;
  }
}
