package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.telemetry.MetricRegistry;

/**
 * What the doors of all receivers share.
 *
 * @param metrics the receiver's
 * @param hint the process's, so that senders hear of one overload and not of one per receiver
 */
record DoorContext(ByteBudget budget, OverloadHint hint, Clock clock, MetricRegistry metrics) {
  /** Returns the same with other metrics. */
  DoorContext with(MetricRegistry others) {
    return new DoorContext(budget, hint, clock, others);
  }
}
