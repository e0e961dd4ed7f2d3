package io.millrace.component;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of telemetry the process holds against a limit.
 *
 * <p>The door and the receivers ask ({@link #tryReserve}); past the door bytes are charged without
 * asking, so usage may exceed the limit by the output under construction. Thread safe.
 */
public final class ByteBudget {
  private static final int OVERDRAFT_SHARE = 4;

  private final long limit;
  private final AtomicLong used;

  /** Creates a budget of {@code limit} bytes, at least 1. */
  public ByteBudget(long limit) {
    this(limit, new AtomicLong());
  }

  private ByteBudget(long limit, AtomicLong used) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
    }
    this.limit = limit;
    this.used = used;
  }

  /** Returns a budget of another limit for the same bytes: what either reserves both count. */
  public ByteBudget withLimit(long newLimit) {
    return new ByteBudget(newLimit, used);
  }

  /** Reserves all of {@code bytes} or nothing. */
  public boolean tryReserve(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /**
   * Reserves past the door, where telemetry grows that was let in: all of {@code bytes} or nothing,
   * up to a quarter beyond the limit.
   */
  public boolean tryOverdraw(long bytes) {
    if (used.addAndGet(bytes) <= limit + limit / OVERDRAFT_SHARE) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Reserves {@code bytes} whatever the limit. */
  public void charge(long bytes) {
    used.addAndGet(bytes);
  }

  /** Gives back what was reserved or charged. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  public long used() {
    return used.get();
  }

  public long limit() {
    return limit;
  }
}
