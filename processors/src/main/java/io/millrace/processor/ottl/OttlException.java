package io.millrace.processor.ottl;

/** A text that is no condition, with the place to blame. Immutable. */
public final class OttlException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expression;
  private final int offset;
  private final String fault;

  OttlException(String expression, int offset, String fault) {
    super("column " + (offset + 1) + ": " + fault);
    this.expression = expression;
    this.offset = offset;
    this.fault = fault;
  }

  /** Index of the offending character; the length of the text where it ends too early. */
  public int offset() {
    return offset;
  }

  /** What is wrong and what was expected, without the place. */
  public String fault() {
    return fault;
  }

  /** Returns the line of the expression that is to blame, and below it a caret. */
  public String excerpt() {
    int start = expression.lastIndexOf('\n', offset - 1) + 1;
    int end = expression.indexOf('\n', offset);
    String line = expression.substring(start, end < 0 ? expression.length() : end);
    return line + '\n' + " ".repeat(offset - start) + '^';
  }
}
