package io.millrace.pipeline;

import io.millrace.telemetry.MetricRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * The books of a graph, which a successor shows as well until the graph has been drained: what it
 * still holds is a part of what was accepted. Confined to the building thread, then to the control
 * thread.
 */
final class Books {
  private final MetricRegistry balances = new MetricRegistry();
  private final List<EdgeLedger> ledgers = new ArrayList<>();

  /** Returns where to show what is held and what is missing. */
  MetricRegistry balances() {
    return balances;
  }

  void add(EdgeLedger ledger) {
    ledgers.add(ledger);
  }

  void showAt(GraphHost host) {
    host.metrics().include(balances);
  }

  /** Ends them when nothing is delivered any more. */
  void close() {
    ledgers.forEach(EdgeLedger::close);
    balances.clear();
  }
}
