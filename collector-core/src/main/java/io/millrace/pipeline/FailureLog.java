package io.millrace.pipeline;

import io.millrace.component.Clock;
import io.millrace.config.PipelineId;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures and logs at most one of them per interval, so that bad data cannot fill the disk.
 *
 * <p>Confined to the ring thread, and to the control thread once that has ended.
 */
final class FailureLog {
  static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

  private final String pipeline;
  private final Counter counter;
  private final Clock clock;
  private long unlogged;
  private long nextNanos;

  FailureLog(PipelineId pipeline, MetricRegistry metrics, Clock clock) {
    this.pipeline = pipeline.toString();
    this.counter =
        metrics.counter(
            "millrace_pipeline_failures_total",
            "Batches and ticks that a processor or exporter threw on.",
            "pipeline",
            this.pipeline);
    this.clock = clock;
    this.nextNanos = clock.nanos();
  }

  /** Counts one failure; returns whether it was logged. */
  boolean note(Throwable failure) {
    counter.add(1);
    long now = clock.nanos();
    if (now - nextNanos < 0) {
      unlogged++;
      return false;
    }
    logger.error(
        "pipeline {}: a batch or tick failed, {} more unlogged", pipeline, unlogged, failure);
    unlogged = 0;
    nextNanos = now + INTERVAL_NANOS;
    return true;
  }
}
