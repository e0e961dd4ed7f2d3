package io.millrace.processor.ottl;

/** A literal or an enum. Immutable. */
record Constant(Value value) implements Operand {
  static Constant of(Kind kind, long number) {
    Value value = new Value();
    value.number(kind, number);
    return new Constant(value);
  }

  @Override
  public Kind type() {
    return value.kind();
  }

  @Override
  public Value evaluate(Subject subject) {
    return value;
  }
}
