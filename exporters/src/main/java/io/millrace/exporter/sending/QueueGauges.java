package io.millrace.exporter.sending;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.Signal;

/** The gauges of an exporter's queue, under the collector's names. Thread safe. */
final class QueueGauges {
  private QueueGauges() {}

  static void register(
      ComponentContext context, Signal signal, QueueAdmission admission, SendQueue queue) {
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
        .gauge(
            "millrace_exporter_queue_high_water",
            "The most that the queue has held, in units of its sizer.",
            admission::highWater,
            labels);
    context
        .metrics()
        .gauge(
            "otelcol_exporter_in_flight_requests", "Attempts under way.", queue::inFlight, labels);
    context
        .metrics()
        .gauge(
            "millrace_exporter_held_accounts",
            "Tenants, or other names of senders, that the backend does not know for the time being.",
            queue::heldAccounts,
            labels);
    context
        .metrics()
        .gauge(
            "millrace_exporter_circuit_open",
            "1 while the backend is taken to be down: it sees one probe at a time, the rest is held.",
            () -> queue.backendIsDown() ? 1 : 0,
            labels);
  }
}
