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
  void accepted(int items, long bytes) {
    for (EdgeLedger edge : edges) {
      edge.accepted(items, bytes);
    }
  }

  @Override
  public void generated(int items, long bytes) {
    for (EdgeLedger edge : edges) {
      edge.generated(items, bytes);
    }
  }

  @Override
  public void ended(int items, long bytes, Settlement settlement) {
    for (EdgeLedger edge : edges) {
      edge.ended(items, bytes, settlement);
    }
  }
}
