package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SendingExporter} on virtual time between a test's batches and its backend. */
final class SendingFixture {
  static final RetryConfig NO_JITTER =
      new RetryConfig(
          true, Duration.ofSeconds(5), 1.5, 0, Duration.ofSeconds(30), Duration.ofMinutes(5));
  static final int ITEMS = 10;
  static final int BYTES = 100;

  final ManualClock clock = new ManualClock();
  final FakeHost host = new FakeHost(clock);
  final ManualScheduler time = new ManualScheduler(clock);
  final ScriptedSender backend;
  final List<Settlement> settlements = Collections.synchronizedList(new ArrayList<>());
  final SendingExporter exporter;

  SendingFixture(RetryConfig retry, QueueConfig queue) {
    this(retry, queue, ContextKeys.NONE);
  }

  SendingFixture(RetryConfig retry, QueueConfig queue, ContextKeys reads) {
    backend = new ScriptedSender(clock, reads);
    SendingConfig config = new SendingConfig(Duration.ofSeconds(5), retry, queue);
    Timing timing = new Timing(clock, time::schedule, () -> 0.5);
    exporter =
        SendingExporter.create(host.context("otlp/x"), Signal.TRACES, config, backend, timing);
  }

  /** Returns the collector's defaults but for the two numbers. */
  static QueueConfig queue(int consumers, int size) {
    return new QueueConfig(
        true,
        consumers,
        size,
        QueueConfig.Sizer.REQUESTS,
        false,
        false,
        QueueConfig.OnFull.DROP,
        0,
        null,
        null);
  }

  OtlpBatch batch() {
    return batch(Ack.of(settlements::add));
  }

  static OtlpBatch batch(Ack ack) {
    return new OtlpBatch(
        new byte[BYTES],
        0,
        BYTES,
        Signal.TRACES,
        ITEMS,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        ack);
  }

  void consume(int batches) {
    for (int i = 0; i < batches; i++) {
      exporter.consume(batch());
    }
  }

  @Nullable Settlement reserve() {
    return exporter.admission().reserve(Signal.TRACES, ITEMS, BYTES, RequestContext.EMPTY);
  }

  /** Returns the value of a series as it is exposed, such as {@code name{label="value"}}. */
  long metric(String series) {
    return PrometheusText.write(host.metrics())
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> Long.parseLong(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  long sent() {
    return metric("otelcol_exporter_sent_spans{exporter=\"otlp/x\"}");
  }

  long sendFailed() {
    return CountedItems.count(host.metrics(), "otelcol_exporter_send_failed_spans");
  }

  static SendResult retryable() {
    return new SendResult.Retryable("UNAVAILABLE", 0);
  }
}
