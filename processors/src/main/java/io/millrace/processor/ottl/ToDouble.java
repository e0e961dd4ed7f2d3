package io.millrace.processor.ottl;

import java.util.List;
import java.util.regex.Pattern;

/** A value as a float: a bool as 1 or 0, a string read; nil where that fails. */
final class ToDouble implements Converter {
  /** Decimal numbers; Java reads more than Go does, such as a trailing {@code d}. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, Kind.NIL, Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BOOL);
    return new Computed(
        Kind.DOUBLE,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case INT, DOUBLE -> value.floating(found.floating());
            case BOOL -> value.floating((double) found.number());
            case STRING -> read(found.content().utf8(), value);
            case NIL -> value.nil();
            case ERROR -> value.error();
            default -> subject.fail(value, arguments.position(), "a float of what is no number");
          }
        });
  }

  private static void read(String text, Value value) {
    double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (Double.isFinite(number)) {
      value.floating(number);
    } else {
      value.nil();
    }
  }
}
