package io.millrace.transport.http;

import io.millrace.transport.BodyPace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the client of an HTTP/1.1 connection takes too long over what is its turn: the next
 * request, a head, a body. Knows no clock; confined to the connection's event loop.
 */
final class ClientPace {
  private final HttpTimeouts timeouts;
  private Duration limit;
  private long sinceNanos;
  private @Nullable BodyPace body;
  private long bodyBytes;
  private boolean isIdle;

  /** Waits for the first request. */
  ClientPace(HttpTimeouts timeouts, long nowNanos) {
    this.timeouts = timeouts;
    limit = timeouts.head();
    sinceNanos = nowNanos;
  }

  /** The next request is awaited. */
  void idle(long nowNanos) {
    await(timeouts.idle(), nowNanos);
    isIdle = true;
  }

  /** A part of a head has come; counts from the first one. */
  void head(long nowNanos) {
    if (isIdle) {
      await(timeouts.head(), nowNanos);
    }
  }

  /** A body begins. */
  void body(long nowNanos) {
    await(Duration.ZERO, nowNanos);
    body = new BodyPace(timeouts.body(), nowNanos);
    bodyBytes = 0;
  }

  /** A part of a body has come. */
  void read(int bytes) {
    bodyBytes += bytes;
  }

  /** The client has done its part. */
  void ours(long nowNanos) {
    await(Duration.ZERO, nowNanos);
  }

  /** Returns whether the client has taken too long; to be asked every few seconds. */
  boolean isOverdue(long nowNanos) {
    if (body != null) {
      return body.isTooSlow(nowNanos, bodyBytes);
    }
    return limit.isPositive() && nowNanos - sinceNanos > limit.toNanos();
  }

  private void await(Duration time, long nowNanos) {
    limit = time;
    sinceNanos = nowNanos;
    body = null;
    isIdle = false;
  }
}
