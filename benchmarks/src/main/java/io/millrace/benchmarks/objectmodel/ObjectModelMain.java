package io.millrace.benchmarks.objectmodel;

import io.millrace.component.ComponentFactory;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.exporter.otlp.OtlpExporterFactory;
import io.millrace.exporter.otlphttp.OtlpHttpExporterFactory;
import io.millrace.processor.attributes.AttributesProcessorFactory;
import io.millrace.receiver.otlp.OtlpReceiverFactory;
import io.millrace.service.CollectorProcess;
import java.util.List;

/** A distribution of Millrace with the {@code objectmodel} processor in it. */
public final class ObjectModelMain {
  private static final List<ComponentFactory<?>> COMPONENTS =
      List.of(
          new OtlpReceiverFactory(),
          new AttributesProcessorFactory(), // named in a case that is measured both ways
          new ObjectModelProcessorFactory(),
          new OtlpExporterFactory(),
          new OtlpHttpExporterFactory());

  private ObjectModelMain() {}

  /**
   * Runs until a signal ends it.
   *
   * @param configArgs as of {@code --config}
   * @return the process's exit code
   */
  public static int run(List<String> configArgs) throws ConfigException {
    CollectorConfig config = ConfigLoader.load(configArgs, List.of(), System.getenv(), COMPONENTS);
    return CollectorProcess.run(config);
  }
}
