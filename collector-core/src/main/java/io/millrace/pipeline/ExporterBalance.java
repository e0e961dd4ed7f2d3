package io.millrace.pipeline;

import io.millrace.telemetry.MetricRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Compares the books of all edges of one exporter with what is measured, at every scrape.
 *
 * <p>An exporter cannot tell whose items it holds. What it holds is therefore shared out among its
 * edges in proportion to what their books miss; at rest the residual then stands on the edge that
 * lost something. Thread safe.
 */
final class ExporterBalance {
  /**
   * An edge with what is measured before its exporter.
   *
   * @param unended what by the books has come in and not ended
   * @param heldInPipeline what is in the ring and the processors
   */
  record Edge(EdgeLedger ledger, LongSupplier unended, LongSupplier heldInPipeline) {
    /** Returns how much, by the books, the exporter must hold. */
    private long expectedInExporter() {
      return unended.getAsLong() - heldInPipeline.getAsLong();
    }
  }

  private final String unit;
  private final LongSupplier heldInExporter;
  private final List<Edge> edges;

  /**
   * Creates a balance.
   *
   * @param unit {@code items} or {@code bytes}
   */
  ExporterBalance(String unit, LongSupplier heldInExporter, List<Edge> edges) {
    this.unit = unit;
    this.heldInExporter = heldInExporter;
    this.edges = List.copyOf(edges);
  }

  void expose(MetricRegistry metrics) {
    for (Edge edge : edges) {
      String pipeline = edge.ledger().pipeline();
      String exporter = edge.ledger().exporter();
      metrics.gauge(
          "millrace_held_" + unit,
          "What of an edge's " + unit + " lies in the ring, in processors and in the exporter.",
          () -> edge.heldInPipeline().getAsLong() + inExporter(edge),
          "pipeline",
          pipeline,
          "exporter",
          exporter);
      metrics.gauge(
          "millrace_ledger_residual_" + unit,
          "What is missing from the "
              + unit
              + " in the books of an edge; 0 at rest unless there is a bug.",
          () -> edge.expectedInExporter() - inExporter(edge),
          "pipeline",
          pipeline,
          "exporter",
          exporter);
    }
  }

  private long inExporter(Edge edge) {
    long held = heldInExporter.getAsLong();
    if (edges.size() == 1) {
      return held;
    }
    long expected = 0;
    for (Edge each : edges) {
      expected += Math.max(0, each.expectedInExporter());
    }
    if (expected == 0) {
      return edge.equals(edges.getFirst()) ? held : 0;
    }
    return Math.round((double) held * Math.max(0, edge.expectedInExporter()) / expected);
  }
}
