package io.millrace.processor.attributes;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.config.Checks;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@code attributes} processors. Thread safe. */
public final class AttributesProcessorFactory implements ProcessorFactory<AttributesConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(AttributesProcessorFactory.class);

  @Override
  public String type() {
    return "attributes";
  }

  @Override
  public AttributesConfig defaultConfig() {
    return AttributesConfig.DEFAULT;
  }

  @Override
  public void check(AttributesConfig config, Signal signal) {
    Checks checks = new Checks();
    if (config.include() != null) {
      config.include().check(checks, "include", signal);
    }
    if (config.exclude() != null) {
      config.exclude().check(checks, "exclude", signal);
    }
    checks.throwIfAny();
  }

  @Override
  public Processor create(
      ComponentContext context, AttributesConfig config, Signal signal, Consumer next) {
    if (signal == Signal.METRICS && config.actions().stream().anyMatch(ActionConfig::loses)) {
      LOG.warn(
          "{}: removing attributes of data points may make one series of several", context.id());
    }
    return new ActionProcessor(
        config.actions(),
        Level.RECORD,
        RecordMatcher.of(config, signal),
        signal,
        context.budget(),
        next);
  }
}
