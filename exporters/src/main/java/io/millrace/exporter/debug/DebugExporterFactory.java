package io.millrace.exporter.debug;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.pdata.Signal;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@code debug} exporters. Thread safe. */
public final class DebugExporterFactory implements ExporterFactory<DebugExporterConfig> {
  @Override
  public String type() {
    return "debug";
  }

  @Override
  public DebugExporterConfig defaultConfig() {
    return DebugExporterConfig.DEFAULT;
  }

  @Override
  public Exporter create(ComponentContext context, DebugExporterConfig config, Signal signal) {
    return new DebugExporter(context, config, signal, output(context, config));
  }

  private static Consumer<String> output(ComponentContext context, DebugExporterConfig config) {
    if (!config.useInternalLogger()) {
      return System.out::println;
    }
    Logger logger = LoggerFactory.getLogger(DebugExporter.class);
    String id = context.id().toString();
    return text -> logger.info("{}: {}", id, text);
  }
}
