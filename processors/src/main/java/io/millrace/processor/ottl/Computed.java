package io.millrace.processor.ottl;

/** An operand that a small function fills. Confined to one thread. */
final class Computed implements Operand {
  /** Fills a value that nobody else writes to. */
  @FunctionalInterface
  interface Filler {
    void fill(Subject subject, Value value);
  }

  private final Kind type;
  private final Filler filler;
  private final Value value = new Value();

  Computed(Kind type, Filler filler) {
    this.type = type;
    this.filler = filler;
  }

  @Override
  public Kind type() {
    return type;
  }

  @Override
  public Value evaluate(Subject subject) {
    filler.fill(subject, value);
    return value;
  }
}
