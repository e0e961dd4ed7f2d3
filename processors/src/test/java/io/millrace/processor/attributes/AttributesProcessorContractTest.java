package io.millrace.processor.attributes;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionType;
import io.millrace.testkit.contract.ProcessorContract;
import java.util.List;

/** The {@code attributes} processor keeps to what every processor has to. */
class AttributesProcessorContractTest extends ProcessorContract {
  private static final AttributesConfig CONFIG =
      new AttributesConfig(
          List.of(new ActionConfig("tier", ActionType.INSERT, "gateway", "", "", null, "", null)),
          null,
          null);

  @Override
  protected Processor create(ComponentContext context, Signal signal, Consumer next) {
    return new AttributesProcessorFactory().create(context, CONFIG, signal, next);
  }
}
