package io.millrace.processor.ottl;

import java.util.List;

/** A value as an int: a float cut off, a bool as 1 or 0, a string read; nil where that fails. */
final class ToInt implements Converter {
  private static final double INT_END = 0x1p63;

  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, Kind.NIL, Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BOOL);
    return new Computed(
        Kind.INT,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case INT, BOOL -> value.number(Kind.INT, found.number());
            case DOUBLE -> value.number(Kind.INT, cut(found.floating()));
            case STRING -> read(found.content().utf8(), value);
            case NIL -> value.nil();
            case ERROR -> value.error();
            default -> subject.fail(value, arguments.position(), "an int of what is no number");
          }
        });
  }

  /** As Go on amd64 does it: what does not fit is the least int. */
  private static long cut(double number) {
    return number >= -INT_END && number < INT_END ? (long) number : Long.MIN_VALUE;
  }

  private static void read(String text, Value value) {
    try {
      value.number(Kind.INT, Long.parseLong(text));
    } catch (NumberFormatException _) {
      value.nil();
    }
  }
}
