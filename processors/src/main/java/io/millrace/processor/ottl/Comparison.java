package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;

/**
 * Compares values as OTTL does: numbers by value whatever their kind, everything else only with its
 * own kind, and what cannot be compared is unequal. Source: pkg/ottl/LANGUAGE.md, comparison rules.
 */
final class Comparison {
  private Comparison() {}

  static boolean holds(Value a, Operator operator, Value b) {
    Kind left = kind(a);
    Kind right = kind(b);
    if (left != right) {
      boolean numbers = left.isNumber() && right.isNumber();
      return numbers ? floats(a.floating(), operator, b.floating()) : operator.acceptsUnrelated();
    }
    return switch (left) {
      case NIL -> operator.accepts(0);
      case STRING, BYTES -> bytes(a.content(), operator, b.content());
      case INT, BOOL, TIME, DURATION -> operator.accepts(Long.compare(a.number(), b.number()));
      case DOUBLE -> floats(a.floating(), operator, b.floating());
      case TRACE_ID, SPAN_ID -> operator.acceptsEquality(equal(a.content(), b.content()));
      case LIST, MAP -> operator.acceptsEquality(PlainItems.equal(a, b));
      case ERROR, ANY -> throw new IllegalStateException("kind: " + left + " (expected: a value)");
    };
  }

  /** Empty bytes are nil in Go. */
  private static Kind kind(Value value) {
    Kind kind = value.kind();
    return kind == Kind.BYTES && value.content().isEmpty() ? Kind.NIL : kind;
  }

  /** NaN has no order and is unequal to everything; both zeros are equal. */
  private static boolean floats(double a, Operator operator, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return operator.acceptsUnrelated();
    }
    return operator.accepts(a < b ? -1 : a > b ? 1 : 0);
  }

  private static boolean bytes(ByteRange a, Operator operator, ByteRange b) {
    return switch (operator) {
      case EQUAL -> equal(a, b);
      case NOT_EQUAL -> !equal(a, b);
      default ->
          operator.accepts(
              Arrays.compareUnsigned(a.bytes(), a.offset(), end(a), b.bytes(), b.offset(), end(b)));
    };
  }

  private static boolean equal(ByteRange a, ByteRange b) {
    return a.length() == b.length()
        && Arrays.equals(a.bytes(), a.offset(), end(a), b.bytes(), b.offset(), end(b));
  }

  private static int end(ByteRange range) {
    return range.offset() + range.length();
  }
}
