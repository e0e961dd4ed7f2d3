package io.millrace.processor.ottl;

/**
 * {@code + - * /} and the sign: of ints, which wrap and divide towards zero as in Go, of floats and
 * of both together, of times and durations where the units allow. Anything else, and a division by
 * zero, is an error. Confined to one thread.
 */
final class Arithmetic implements Operand {
  private final int position;
  private final char operator;
  private final Operand left;
  private final Operand right;
  private final Kind type;
  private final Value value = new Value();

  Arithmetic(int position, char operator, Operand left, Operand right) {
    this.position = position;
    this.operator = operator;
    this.left = left;
    this.right = right;
    type = left.type() == Kind.ANY || right.type() == Kind.ANY ? Kind.ANY : result();
  }

  /** Returns what operands of these types give; {@link Kind#ERROR} where they never give any. */
  static Kind result(Kind left, char operator, Kind right) {
    if (left.isNumber() && right.isNumber()) {
      return left == right ? left : Kind.DOUBLE;
    }
    boolean times = left == Kind.TIME || left == Kind.DURATION;
    if (!times || (right != Kind.TIME && right != Kind.DURATION)) {
      return Kind.ERROR;
    }
    return switch (operator) {
      case '+' -> left == right ? sameUnits(left) : Kind.TIME;
      case '-' -> left == right ? Kind.DURATION : left == Kind.TIME ? Kind.TIME : Kind.ERROR;
      default -> Kind.ERROR;
    };
  }

  private static Kind sameUnits(Kind kind) {
    return kind == Kind.DURATION ? Kind.DURATION : Kind.ERROR;
  }

  private Kind result() {
    return result(left.type(), operator, right.type());
  }

  @Override
  public Kind type() {
    return type;
  }

  @Override
  public Value evaluate(Subject subject) {
    Value a = left.evaluate(subject);
    if (a.isError()) {
      return a;
    }
    Value b = right.evaluate(subject);
    if (b.isError()) {
      return b;
    }
    Kind kind = result(a.kind(), operator, b.kind());
    if (kind == Kind.ERROR) {
      subject.fail(value, position, "`" + operator + "` of other values than numbers or times");
    } else if (operator == '/' && b.floating() == 0) {
      subject.fail(value, position, "a division by zero");
    } else if (kind == Kind.DOUBLE) {
      value.floating(floats(a.floating(), b.floating()));
    } else {
      value.number(kind, longs(a.number(), b.number()));
    }
    return value;
  }

  private double floats(double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      default -> a / b;
    };
  }

  private long longs(long a, long b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      default -> a / b;
    };
  }
}
