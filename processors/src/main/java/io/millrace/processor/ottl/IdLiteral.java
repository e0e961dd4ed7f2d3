package io.millrace.processor.ottl;

import java.util.List;

/** {@code TraceID(0x…)} and {@code SpanID(0x…)}: an id out of its bytes. */
record IdLiteral(Kind kind, int length) implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("bytes");
  }

  @Override
  public Operand compile(Arguments arguments) {
    byte[] bytes = arguments.literal(0, Kind.BYTES).content().copy();
    if (bytes.length != length) {
      throw arguments.fault(0, bytes.length + " bytes (expected: " + length + ")");
    }
    Value value = new Value();
    value.content(kind, bytes, 0, length);
    return new Constant(value);
  }
}
