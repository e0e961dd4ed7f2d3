package io.millrace.benchmarks.traffic;

/**
 * How a request was answered. Immutable.
 *
 * @param retryAfterNanos the hint of a refusal; 0 without one
 * @param reason of a refusal, as it was told; empty where it was not
 */
public record Answer(Kind kind, long retryAfterNanos, String reason) {
  /** The kinds of answer. */
  public enum Kind {
    ACCEPTED,
    /** Not taken, to be sent again later. */
    REFUSED,
    /** Anything else. */
    FAILED
  }

  public static final Answer ACCEPTED = new Answer(Kind.ACCEPTED, 0, "");
  public static final Answer REFUSED = new Answer(Kind.REFUSED, 0, "");
  public static final Answer FAILED = new Answer(Kind.FAILED, 0, "");

  public static Answer refused(long retryAfterNanos, String reason) {
    return new Answer(Kind.REFUSED, retryAfterNanos, reason);
  }
}
