package io.millrace.processor.resource;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionProcessor;

/** Makes {@code resource} processors. Thread safe. */
public final class ResourceProcessorFactory implements ProcessorFactory<ResourceConfig> {
  @Override
  public String type() {
    return "resource";
  }

  @Override
  public ResourceConfig defaultConfig() {
    return ResourceConfig.DEFAULT;
  }

  @Override
  public Processor create(
      ComponentContext context, ResourceConfig config, Signal signal, Consumer next) {
    return new ActionProcessor(
        config.attributes(), Level.RESOURCE, null, signal, context.budget(), next);
  }
}
