package io.millrace.benchmarks.objectmodel;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.Signal;
import java.util.List;

/** Makes {@code objectmodel} processors, for traces only. Thread safe. */
final class ObjectModelProcessorFactory implements ProcessorFactory<ObjectModelConfig> {
  @Override
  public String type() {
    return "objectmodel";
  }

  @Override
  public ObjectModelConfig defaultConfig() {
    return new ObjectModelConfig(List.of());
  }

  @Override
  public Processor create(
      ComponentContext context, ObjectModelConfig config, Signal signal, Consumer next) {
    if (signal != Signal.TRACES) {
      throw new IllegalArgumentException("signal: " + signal.id() + " (expected: traces)");
    }
    return new ObjectModelProcessor(config.actions(), next);
  }
}
