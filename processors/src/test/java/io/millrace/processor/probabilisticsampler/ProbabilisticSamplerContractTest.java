package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.contract.ProcessorContract;
import java.util.Set;

/** The sampler keeps to what every processor has to, while it keeps about half of what it gets. */
class ProbabilisticSamplerContractTest extends ProcessorContract {
  @Override
  protected Processor create(ComponentContext context, Signal signal, Consumer next) {
    try {
      ProbabilisticSamplerFactory factory = new ProbabilisticSamplerFactory();
      ProbabilisticSamplerConfig config =
          ConfigLoader.loadComponent(
              factory,
              """
              sampling_percentage: 50
              hash_seed: 7
              attribute_source: record
              from_attribute: sequence
              """);
      return factory.create(context, config, signal, next);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Set<Signal> signals() {
    return Set.of(Signal.TRACES, Signal.LOGS);
  }

  @Override
  protected long droppedItems(MetricRegistry metrics) {
    return dropped(metrics, "traces", "trace_id_hash") + dropped(metrics, "logs", "sequence");
  }

  private static long dropped(MetricRegistry metrics, String signal, String policy) {
    return metrics
        .counter(
            "otelcol_processor_probabilistic_sampler_count_" + signal + "_sampled",
            "",
            "policy",
            policy,
            "sampled",
            "false")
        .value();
  }
}
