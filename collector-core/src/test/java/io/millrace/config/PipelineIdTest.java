package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.pdata.Signal;
import org.junit.jupiter.api.Test;

class PipelineIdTest {
  @Test
  void readsSignalAndName() {
    assertThat(PipelineId.parse("traces")).isEqualTo(new PipelineId(Signal.TRACES, ""));
    assertThat(PipelineId.parse(" logs / audit ")).hasToString("logs/audit");
  }

  @Test
  void namesTheSignalsWhenItIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PipelineId.parse("metric"))
        .withMessage("signal \"metric\" (expected: traces, metrics, logs, profiles)");
  }
}
