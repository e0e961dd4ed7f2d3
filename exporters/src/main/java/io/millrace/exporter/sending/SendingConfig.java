package io.millrace.exporter.sending;

import java.time.Duration;

/**
 * The keys that all sending exporters have in common. Immutable.
 *
 * @param timeout of one attempt; zero for none
 */
public record SendingConfig(
    Duration timeout, RetryConfig retryOnFailure, QueueConfig sendingQueue) {
  long timeoutNanos() {
    return timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
  }
}
