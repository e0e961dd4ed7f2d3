package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.Processor;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.SinkConsumer;
import org.junit.jupiter.api.Test;

class PolicyCountersTest {
  /** A clock that a look at it moves by 7 µs. */
  private static final class MovingClock implements Clock {
    private long nanos;

    @Override
    public long nanos() {
      nanos += 7_000;
      return nanos;
    }

    @Override
    public long unixNanos() {
      return nanos;
    }
  }

  /** Scenario: a round asks two policies, and looks at the clock before and behind each. */
  @Test
  void countsTheMicrosecondsInAPolicy() {
    FakeHost host = new FakeHost(new MovingClock());
    TailSamplingConfig config =
        Configs.load("policies: [{name: a, type: always_sample}, {name: b, type: trace_flags}]");
    Processor processor =
        new TailSamplingProcessorFactory()
            .create(host.context("tail_sampling"), config, Signal.TRACES, new SinkConsumer());

    processor.consume(Traces.batch(Traces.span(1), Traces.span(2)));
    processor.shutdown();

    String name = "otelcol_processor_tail_sampling_sampling_policy_execution_time_sum";
    assertThat(PrometheusText.write(host.metrics()).lines())
        .contains(name + "{policy=\"a\"} 7", name + "{policy=\"b\"} 7");
  }
}
