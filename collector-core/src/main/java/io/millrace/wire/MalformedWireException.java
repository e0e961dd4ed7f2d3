package io.millrace.wire;

/**
 * Bytes that are not what they should be: whose sender is at fault, not the program.
 *
 * <p>The message reads {@code byte 254: length: 300 (expected: <= 12)} and is fit for the sender.
 * Carries no stack trace, because damaged requests must stay cheap. Immutable.
 */
public final class MalformedWireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * Describes one fault.
   *
   * @param offset of the first byte of the element at fault, counted from the start of the range
   *     that is being read
   * @param fault what stands there and what was expected
   */
  public MalformedWireException(int offset, String fault) {
    this("byte " + offset + ": " + fault, offset);
  }

  private MalformedWireException(String message, int offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** Returns the same fault with the path of the message that holds it in front. */
  public MalformedWireException within(String path) {
    return new MalformedWireException(path + ": " + getMessage(), offset);
  }

  /** Returns where the element at fault starts, counted from the start of the range. */
  public int offset() {
    return offset;
  }
}
