package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@code probabilistic_sampler} processors, of traces and logs. Thread safe. */
public final class ProbabilisticSamplerFactory
    implements ProcessorFactory<ProbabilisticSamplerConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(ProbabilisticSampler.class);

  @Override
  public String type() {
    return "probabilistic_sampler";
  }

  @Override
  public ProbabilisticSamplerConfig defaultConfig() {
    return ProbabilisticSamplerConfig.DEFAULT;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for any other signal
   */
  @Override
  public Processor create(
      ComponentContext context, ProbabilisticSamplerConfig config, Signal signal, Consumer next) {
    if (signal != Signal.TRACES && signal != Signal.LOGS) {
      throw new IllegalArgumentException(
          context.id() + " in a pipeline of " + signal.id() + " (expected: traces or logs)");
    }
    Sampler sampler = Sampler.of(config, signal == Signal.LOGS);
    if (sampler.kind() == Sampler.Kind.NEVER && config.samplingPercentage() != 0) {
      LOG.warn(
          "{}: sampling_percentage: {} is rounded to 0 in 14 bits; nothing is sampled",
          context.id(),
          config.samplingPercentage());
    }
    Carrier carrier =
        signal == Signal.TRACES
            ? new SpanCarrier(sampler.kind(), (int) config.hashSeed())
            : new LogCarrier(sampler, config);
    SamplingCounters counters = new SamplingCounters(context, signal, config.fromAttribute());
    return new ProbabilisticSampler(
        signal, sampler, config.failClosed(), carrier, counters, context.budget(), next);
  }
}
