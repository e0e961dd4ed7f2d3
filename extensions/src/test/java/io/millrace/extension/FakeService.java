package io.millrace.extension;

import io.millrace.component.ComponentError;
import io.millrace.component.ServiceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collector with two pipelines whose only exporter fares as the test says. */
public final class FakeService implements ServiceStatus {
  public volatile Phase phase = Phase.RUNNING;
  public volatile @Nullable ComponentError error;

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public long phaseUnixNanos() {
    return 1_000_000_000;
  }

  @Override
  public List<Group> groups() {
    Member receiver = new Member("receiver:otlp", null);
    return List.of(
        new Group("extensions", List.of(new Member("extension:health_check", null))),
        new Group("pipeline:traces", List.of(receiver, new Member("exporter:otlp/b", error))),
        new Group("pipeline:logs/audit", List.of(receiver, new Member("exporter:nop", null))));
  }
}
