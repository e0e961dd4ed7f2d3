package io.millrace.processor.ottl;

/** What a condition says about one record. */
public enum Verdict {
  TRUE,
  FALSE,

  /**
   * The condition could not be evaluated: an index outside a list, a key of a number, arithmetic
   * with a text. What becomes of it is {@link ErrorMode}'s.
   */
  ERROR;

  static Verdict of(boolean holds) {
    return holds ? TRUE : FALSE;
  }
}
