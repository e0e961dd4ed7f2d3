package io.millrace.exporter.sending;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.Signal;
import java.util.function.Supplier;

/** The gauges of an exporter's queue, under the collector's names. Thread safe. */
final class QueueGauges {
  private QueueGauges() {}

  static void register(
      ComponentContext context,
      Signal signal,
      QueueAdmission admission,
      Supplier<? extends Number> inFlight) {
    String[] labels = {"exporter", context.id().toString(), "data_type", signal.id()};
    context
        .metrics()
        .gauge(
            "otelcol_exporter_queue_size",
            "What the queue holds, in flight included, in units of its sizer.",
            admission::used,
            labels);
    context
        .metrics()
        .gauge(
            "otelcol_exporter_queue_capacity",
            "What the queue admits, in units of its sizer.",
            admission::capacity,
            labels);
    context
        .metrics()
        .gauge("otelcol_exporter_in_flight_requests", "Attempts under way.", inFlight, labels);
  }
}
