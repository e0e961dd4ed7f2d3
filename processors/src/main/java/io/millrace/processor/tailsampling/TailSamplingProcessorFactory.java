package io.millrace.processor.tailsampling;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;

/** Makes {@code tail_sampling} processors. Thread safe. */
public final class TailSamplingProcessorFactory implements ProcessorFactory<TailSamplingConfig> {
  @Override
  public String type() {
    return "tail_sampling";
  }

  @Override
  public TailSamplingConfig defaultConfig() {
    return TailSamplingConfig.DEFAULT;
  }

  @Override
  public boolean settlesAsHeld() {
    return true;
  }

  @Override
  public boolean keeps(TailSamplingConfig config, ContextKeys keys) {
    return ContextKeys.ofMetadata(config.metadataKeys()).containsAll(keys);
  }

  @Override
  public Processor create(
      ComponentContext context, TailSamplingConfig config, Signal signal, Consumer next) {
    if (signal != Signal.TRACES) {
      throw new IllegalArgumentException(
          context.id() + " in a pipeline for " + signal.id() + " (expected: traces)");
    }
    return new TailSamplingProcessor(context, config, next);
  }
}
