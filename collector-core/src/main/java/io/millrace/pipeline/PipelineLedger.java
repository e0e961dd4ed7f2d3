package io.millrace.pipeline;

import io.millrace.pdata.Settlement;
import java.util.List;

/**
 * Counts what happens to items before the fan-out, and so happens to them on every edge. Thread
 * safe.
 */
final class PipelineLedger implements Tally {
  private final List<EdgeLedger> edges;

  PipelineLedger(List<EdgeLedger> edges) {
    this.edges = List.copyOf(edges);
  }

  /** Counts items that the door took. */
  void accepted(int items) {
    for (EdgeLedger edge : edges) {
      edge.accepted(items);
    }
  }

  @Override
  public void generated(int items) {
    for (EdgeLedger edge : edges) {
      edge.generated(items);
    }
  }

  @Override
  public void ended(int items, Settlement settlement) {
    for (EdgeLedger edge : edges) {
      edge.ended(items, settlement);
    }
  }
}
