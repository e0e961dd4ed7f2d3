package io.millrace.processor.tailsampling;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.contract.ProcessorContract;
import java.util.Set;

/** Keeps everything, since the kit wants to see all of it again. */
class TailSamplingContractTest extends ProcessorContract {
  @Override
  protected Processor create(ComponentContext context, Signal signal, Consumer next) {
    TailSamplingConfig config =
        Configs.load(
            """
            decision_wait: 10s
            policies:
              - {name: all, type: always_sample}
            """);
    return new TailSamplingProcessorFactory().create(context, config, signal, next);
  }

  @Override
  protected Set<Signal> signals() {
    return Set.of(Signal.TRACES);
  }

  @Override
  protected boolean holds() {
    return true;
  }

  @Override
  protected long droppedItems(MetricRegistry metrics) {
    return metrics.counter("millrace_tail_sampling_dropped_spans_total", "").value();
  }
}
