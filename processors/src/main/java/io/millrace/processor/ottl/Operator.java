package io.millrace.processor.ottl;

import org.jspecify.annotations.Nullable;

/** A comparison's operator. */
enum Operator {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  static @Nullable Operator of(Token token) {
    for (Operator operator : values()) {
      if (token.is(operator.sign)) {
        return operator;
      }
    }
    return null;
  }

  /** Returns whether it holds for an order of the sides: negative, 0 or positive. */
  boolean accepts(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** Returns whether it holds for sides that have no order, only equality. */
  boolean acceptsEquality(boolean equal) {
    return this == NOT_EQUAL ? !equal : equal && this == EQUAL;
  }

  /** Returns whether it holds for sides that cannot be compared. */
  boolean acceptsUnrelated() {
    return this == NOT_EQUAL;
  }
}
