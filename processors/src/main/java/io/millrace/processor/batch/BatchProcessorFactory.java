package io.millrace.processor.batch;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;

/** Makes {@code batch} processors. Thread safe. */
public final class BatchProcessorFactory implements ProcessorFactory<BatchProcessorConfig> {
  @Override
  public String type() {
    return "batch";
  }

  @Override
  public BatchProcessorConfig defaultConfig() {
    return BatchProcessorConfig.DEFAULT;
  }

  @Override
  public boolean keeps(BatchProcessorConfig config, ContextKeys keys) {
    return ContextKeys.ofMetadata(config.metadataKeys()).containsAll(keys);
  }

  /**
   * Creates a processor.
   *
   * @throws IllegalArgumentException for profiles, which cannot be joined
   */
  @Override
  public Processor create(
      ComponentContext context, BatchProcessorConfig config, Signal signal, Consumer next) {
    if (signal == Signal.PROFILES) {
      throw new IllegalArgumentException(
          context.id() + ": profiles (expected: traces, metrics or logs)");
    }
    return new BatchProcessor(context, config, next);
  }
}
