package io.millrace.processor.ottl;

/**
 * A word, literal or sign of an expression. Immutable.
 *
 * @param text as written
 * @param start index of its first character
 */
record Token(Type type, String text, int start) {
  enum Type {
    WORD,
    TEXT,
    BYTES,
    INT,
    FLOAT,
    SIGN,
    END
  }

  boolean is(String expected) {
    return (type == Type.SIGN || type == Type.WORD) && text.equals(expected);
  }

  /** The token as an error message shows it. */
  String shown() {
    return type == Type.END ? "the end" : text;
  }
}
