package io.millrace.processor.ottl;

/** What a value is. Only values of related kinds can be equal. */
enum Kind {
  NIL("nil"),
  BOOL("a bool"),
  INT("an int"),
  DOUBLE("a float"),
  STRING("a string"),
  BYTES("bytes"),
  LIST("a list"),
  MAP("a map"),
  TRACE_ID("a trace id"),
  SPAN_ID("a span id"),
  TIME("a time"),
  DURATION("a duration"),

  /** A failed evaluation, which {@link Subject#fail} has described. */
  ERROR("an error"),

  /** As the type of an operand: known only when it is evaluated. */
  ANY("any value");

  private final String shown;

  Kind(String shown) {
    this.shown = shown;
  }

  /** Returns whether an operand of this type may turn out to be one of {@code kinds}. */
  boolean mayBe(Kind... kinds) {
    for (Kind kind : kinds) {
      if (this == kind || this == ANY) {
        return true;
      }
    }
    return false;
  }

  boolean isNumber() {
    return this == INT || this == DOUBLE;
  }

  @Override
  public String toString() {
    return shown;
  }
}
