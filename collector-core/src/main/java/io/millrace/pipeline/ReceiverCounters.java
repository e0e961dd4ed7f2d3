package io.millrace.pipeline;

import io.millrace.component.ComponentId;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricRegistry;

/**
 * The collector's counters of one receiver, signal and transport, and how long replies took.
 *
 * <p>Every request ends in exactly one of them, with its items: accepted, refused (sent back by the
 * pipeline), or failed (not readable). A request whose items nobody could count, because it was not
 * read or not readable, counts as one. Thread safe.
 */
record ReceiverCounters(Counter accepted, Counter refused, Counter failed, Histogram requestNanos) {
  static ReceiverCounters of(
      ComponentId receiver, Signal signal, String transport, MetricRegistry metrics) {
    return new ReceiverCounters(
        counter("accepted", "Items taken.", receiver, signal, transport, metrics),
        counter("refused", "Items sent back.", receiver, signal, transport, metrics),
        counter("failed", "Items that could not be read.", receiver, signal, transport, metrics),
        metrics.durations(
            "millrace_receiver_request_duration_seconds",
            "From the door to the reply.",
            "receiver",
            receiver.toString(),
            "transport",
            transport,
            "signal",
            signal.id()));
  }

  private static Counter counter(
      String end,
      String help,
      ComponentId receiver,
      Signal signal,
      String transport,
      MetricRegistry metrics) {
    return metrics.counter(
        "otelcol_receiver_" + end + "_" + signal.items(),
        help,
        "receiver",
        receiver.toString(),
        "transport",
        transport);
  }
}
