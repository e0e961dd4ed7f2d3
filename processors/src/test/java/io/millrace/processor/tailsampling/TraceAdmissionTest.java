package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TraceAdmissionTest {
  @Test
  void refusesWithAHintFromTheLastTraceThatMayBeOn() {
    TraceAdmission admission = new TraceAdmission(() -> 2, 2);

    assertThat(admission.reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY))
        .isEqualTo(Settlement.refused("too_many_traces", Duration.ofSeconds(1).toNanos()));
    assertThat(new TraceAdmission(() -> 1, 2).reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY))
        .isNull();
  }
}
