package io.millrace.testkit.contract;

/**
 * What a sender makes of the answer to its request, whatever the protocol. Immutable.
 *
 * @param retryAfterNanos the hint that came with {@link Kind#REFUSED}; 0 without one
 */
public record SenderAnswer(Kind kind, long retryAfterNanos) {
  /** What a sender does next. */
  public enum Kind {
    /** Forgets the data: it was taken. */
    ACCEPTED,
    /** Sends again, such as after {@code UNAVAILABLE} or 503. */
    REFUSED,
    /** Drops the data: it is at fault, such as after {@code INVALID_ARGUMENT} or 400. */
    REJECTED,
    /** Drops the data: it is too large, such as after {@code RESOURCE_EXHAUSTED} or 413. */
    TOO_LARGE,
    /** Stops sending this signal, such as after {@code UNIMPLEMENTED} or 404. */
    UNSUPPORTED,
    /** Learns nothing: no connection, a connection that broke, an answer that means a bug. */
    FAILED
  }

  /** Returns an answer without a hint. */
  public static SenderAnswer of(Kind kind) {
    return new SenderAnswer(kind, 0);
  }
}
