package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.telemetry.MetricRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How reloads ended; outlives the collectors that are reloaded. Written by the control thread, read
 * by the metrics thread through volatile and atomic fields.
 */
final class ReloadMetrics {
  private static final String RELOADS = "millrace_config_reloads_total";
  private static final String HELP =
      "Reloads that were asked for: success; failure, the running configuration stayed; restarted,"
          + " the new one did not start in its place and the former one was started again.";

  private final Clock clock;
  private final AtomicLong successes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong restarts = new AtomicLong();
  private volatile boolean isLastSuccessful = true;
  private volatile double lastSuccessSeconds;

  ReloadMetrics(Clock clock) {
    this.clock = clock;
    this.lastSuccessSeconds = now();
  }

  void succeeded() {
    successes.incrementAndGet();
    isLastSuccessful = true;
    lastSuccessSeconds = now();
  }

  void failed() {
    failures.incrementAndGet();
    isLastSuccessful = false;
  }

  /** The former configuration had to be started again. */
  void restarted() {
    restarts.incrementAndGet();
    isLastSuccessful = false;
  }

  private double now() {
    return clock.unixNanos() / 1e9;
  }

  void register(MetricRegistry metrics) {
    metrics.observedCounter(RELOADS, HELP, successes::get, "outcome", "success");
    metrics.observedCounter(RELOADS, HELP, failures::get, "outcome", "failure");
    metrics.observedCounter(RELOADS, HELP, restarts::get, "outcome", "restarted");
    metrics.gauge(
        "millrace_config_last_reload_successful",
        "1 if the last reload of the configuration was taken over, or none was asked for.",
        () -> isLastSuccessful ? 1 : 0);
    metrics.gauge(
        "millrace_config_last_reload_success_timestamp_seconds",
        "When the running configuration was read, in seconds since 1970.",
        () -> lastSuccessSeconds);
  }
}
