package io.millrace.pipeline;

import io.millrace.component.Clock;
import io.millrace.component.Component;
import io.millrace.component.ServiceStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells how the components of a graph fare. The phase is set by the control thread. */
final class GraphStatus implements ServiceStatus {
  /** A phase and its beginning. */
  private record Entered(Phase phase, long unixNanos) {}

  private final Clock clock;
  private final Map<String, List<Part<? extends Component>>> parts = new LinkedHashMap<>();
  private volatile Entered entered;

  GraphStatus(Clock clock) {
    this.clock = clock;
    this.entered = new Entered(Phase.STARTING, clock.unixNanos());
  }

  /** Adds a group; called before anybody asks. */
  void add(String group, List<? extends Part<? extends Component>> members) {
    parts.computeIfAbsent(group, name -> new ArrayList<>()).addAll(members);
  }

  void enter(Phase phase) {
    entered = new Entered(phase, clock.unixNanos());
  }

  @Override
  public Phase phase() {
    return entered.phase();
  }

  @Override
  public long phaseUnixNanos() {
    return entered.unixNanos();
  }

  @Override
  public List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    parts.forEach((name, its) ->
        groups.add(
            new Group(
                name,
                its.stream()
                    .map(part -> new Member(part.label(), part.component().error()))
                    .toList())));
    return groups;
  }
}
