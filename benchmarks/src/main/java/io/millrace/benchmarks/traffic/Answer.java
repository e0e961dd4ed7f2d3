package io.millrace.benchmarks.traffic;

/** How a request was answered. Immutable. */
public enum Answer {
  ACCEPTED,
  /** Not taken, to be sent again later. */
  REFUSED,
  /** Anything else. */
  FAILED
}
