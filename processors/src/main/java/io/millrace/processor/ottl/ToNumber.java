package io.millrace.processor.ottl;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** A value as an int or a float: a bool as 1 or 0, a string read; nil where that fails. */
final class ToNumber implements Converter {
  private static final double INT_END = 0x1p63;

  /** Decimal numbers; Java reads more than Go does, such as a trailing {@code d}. */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

  private final Kind kind;
  private final String name;
  private final BiConsumer<Value, Value> numberTaker;
  private final BiConsumer<String, Value> textReader;

  private ToNumber(
      Kind kind,
      String name,
      BiConsumer<Value, Value> numberTaker,
      BiConsumer<String, Value> textReader) {
    this.kind = kind;
    this.name = name;
    this.numberTaker = numberTaker;
    this.textReader = textReader;
  }

  /** A float is cut off. */
  static ToNumber ofInt() {
    return new ToNumber(Kind.INT, "an int", ToNumber::takeInt, ToNumber::readInt);
  }

  static ToNumber ofDouble() {
    return new ToNumber(Kind.DOUBLE, "a float", ToNumber::takeDouble, ToNumber::readDouble);
  }

  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, Kind.NIL, Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BOOL);
    return new Computed(
        kind,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case INT, BOOL, DOUBLE -> numberTaker.accept(found, value);
            case STRING -> textReader.accept(found.content().utf8(), value);
            case NIL -> value.nil();
            case ERROR -> value.error();
            default -> subject.fail(value, arguments.position(), name + " of what is no number");
          }
        });
  }

  private static void takeInt(Value found, Value value) {
    boolean isDouble = found.kind() == Kind.DOUBLE;
    value.number(Kind.INT, isDouble ? cut(found.floating()) : found.number());
  }

  /** As Go on amd64 does it: what does not fit is the least int. */
  private static long cut(double number) {
    return number >= -INT_END && number < INT_END ? (long) number : Long.MIN_VALUE;
  }

  private static void readInt(String text, Value value) {
    try {
      value.number(Kind.INT, Long.parseLong(text));
    } catch (NumberFormatException _) {
      value.nil();
    }
  }

  private static void takeDouble(Value found, Value value) {
    boolean isBool = found.kind() == Kind.BOOL;
    value.floating(isBool ? (double) found.number() : found.floating());
  }

  private static void readDouble(String text, Value value) {
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (Double.isFinite(number)) {
      value.floating(number);
    } else {
      value.nil();
    }
  }
}
