package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Component;
import io.millrace.component.ComponentError;
import io.millrace.component.ComponentId;
import io.millrace.component.FakeClock;
import io.millrace.component.ServiceStatus.Group;
import io.millrace.component.ServiceStatus.Member;
import io.millrace.component.ServiceStatus.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphStatusTest {
  private final FakeClock clock = new FakeClock();
  private final GraphStatus status = new GraphStatus(clock);

  /** A component that fares as the test says. */
  private static final class Patient implements Component {
    private @Nullable ComponentError error;

    @Override
    public @Nullable ComponentError error() {
      return error;
    }
  }

  @Test
  void tellsOfThePhaseAndItsBeginning() {
    assertThat(status.phase()).isEqualTo(Phase.STARTING);
    clock.nanos.addAndGet(5);

    status.enter(Phase.RUNNING);
    long entered = clock.unixNanos();
    clock.nanos.addAndGet(5);

    assertThat(status.phase()).isEqualTo(Phase.RUNNING);
    assertThat(status.phaseUnixNanos()).isEqualTo(entered);
  }

  @Test
  void tellsHowEveryComponentFaresNow() {
    Patient exporter = new Patient();
    status.add("pipeline:traces", List.of(part("receiver", "otlp", new Patient())));
    status.add("pipeline:traces", List.of(part("exporter", "otlp/b", exporter)));
    ComponentError refused = new ComponentError(ComponentError.Kind.PERMANENT, "401", 7);

    exporter.error = refused;
    assertThat(status.groups())
        .containsExactly(
            new Group(
                "pipeline:traces",
                List.of(
                    new Member("receiver:otlp", null), new Member("exporter:otlp/b", refused))));

    exporter.error = null;
    assertThat(status.groups().getFirst().members()).allMatch(member -> member.error() == null);
  }

  private static Part<Component> part(String kind, String id, Component component) {
    return new Part<>(kind, ComponentId.parse(id), "", component);
  }
}
