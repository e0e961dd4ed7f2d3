package io.millrace.processor.resource;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionType;
import io.millrace.testkit.contract.ProcessorContract;
import java.util.List;

/** The {@code resource} processor keeps to what every processor has to. */
class ResourceProcessorContractTest extends ProcessorContract {
  private static final ResourceConfig CONFIG =
      new ResourceConfig(
          List.of(new ActionConfig("tier", ActionType.INSERT, "gateway", "", "", null, "", null)));

  @Override
  protected Processor create(ComponentContext context, Signal signal, Consumer next) {
    return new ResourceProcessorFactory().create(context, CONFIG, signal, next);
  }
}
