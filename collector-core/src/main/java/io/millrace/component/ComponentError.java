package io.millrace.component;

/**
 * What keeps a component from its work. Immutable.
 *
 * @param kind whether it may pass by itself
 * @param message for the operator, on one line
 * @param sinceUnixNanos when it began
 */
public record ComponentError(Kind kind, String message, long sinceUnixNanos) {
  /** Whether an error may pass by itself. */
  public enum Kind {
    /** It may, such as a backend that does not answer. */
    RECOVERABLE,
    /** Somebody has to act, such as on credentials that the backend refuses. */
    PERMANENT
  }
}
