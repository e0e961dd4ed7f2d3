package io.millrace.pdata;

/**
 * When a request came through the door, stamped once by the injected clock. Immutable.
 *
 * @param nanos monotonic time, comparable only within the process
 * @param unixNanos wall-clock time since 1970
 */
public record Arrival(long nanos, long unixNanos) {}
