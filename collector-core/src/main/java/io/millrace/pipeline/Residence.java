package io.millrace.pipeline;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Extensions;
import io.millrace.telemetry.MetricRegistry;

/**
 * What components hold on to that a reload may leave running: their own metrics, and whoever is
 * told that they cannot go on. Nothing in it leads to the graph that was there first. Thread safe.
 */
final class Residence {
  private final MetricRegistry metrics;
  private volatile GraphHost host;

  /** Moves in at the host that creates the components. */
  Residence(GraphHost host) {
    this.metrics = host.metrics().sibling();
    this.host = host;
    showAt(host);
  }

  /** Shows the metrics at a host as well, which may become the one that is moved to. */
  void showAt(GraphHost other) {
    other.metrics().include(metrics);
  }

  /** Belongs to another host from now on. */
  void moveTo(GraphHost next) {
    host = next;
  }

  /** Returns whether the components belong to this host, which starts them and shuts them down. */
  boolean isAt(GraphHost other) {
    return host.equals(other);
  }

  /** Returns whether another host gives what the components were created with. */
  boolean suits(GraphHost other) {
    return host.budget().equals(other.budget()) && metrics.level() == other.metrics().level();
  }

  MetricRegistry metrics() {
    return metrics;
  }

  ComponentContext contextOf(ComponentId id, Extensions extensions) {
    return new ComponentContext(id, host.clock(), metrics, host.budget(), this::fail, extensions);
  }

  private void fail(Throwable error) {
    host.fatal().accept(error);
  }
}
