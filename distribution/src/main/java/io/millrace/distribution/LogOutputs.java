package io.millrace.distribution;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.millrace.config.LogsConfig;
import io.millrace.config.TelemetryConfig;
import io.millrace.service.ProcessResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sends the log where {@code service.telemetry.logs} says, in its form. Stateless. */
final class LogOutputs {
  private LogOutputs() {}

  /**
   * Puts the outputs of this configuration in the place of the present ones. Files are opened anew,
   * which whoever rotates them counts on at a reload.
   *
   * @throws IOException when a file cannot be written; the present outputs stay then
   */
  static void apply(TelemetryConfig telemetry) throws IOException {
    if (!(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root)) {
      return;
    }
    List<Appender<ILoggingEvent>> present = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(present::add);
    root.detachAndStopAllAppenders(); // first, since no file may be open twice
    try {
      for (Appender<ILoggingEvent> output : started(telemetry, root.getLoggerContext())) {
        root.addAppender(output);
      }
    } catch (IOException e) {
      present.forEach(Appender::start);
      present.forEach(root::addAppender);
      throw e;
    }
    root.setLevel(Level.valueOf(telemetry.logs().level().name()));
  }

  private static List<Appender<ILoggingEvent>> started(
      TelemetryConfig telemetry, LoggerContext context) throws IOException {
    LogsConfig logs = telemetry.logs();
    List<Appender<ILoggingEvent>> outputs = new ArrayList<>();
    for (String path : logs.outputPaths()) {
      LogLine line = new LogLine(logs, ProcessResource.of(telemetry).attributes());
      outputs.add(started(output(path), path, line, logs.sampling(), context));
    }
    return outputs;
  }

  private static OutputStreamAppender<ILoggingEvent> output(String path) {
    return switch (path) {
      case "stderr" -> console(ConsoleTarget.SystemErr);
      case "stdout" -> console(ConsoleTarget.SystemOut);
      default -> {
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setFile(path);
        yield file;
      }
    };
  }

  private static OutputStreamAppender<ILoggingEvent> console(ConsoleTarget target) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget(target.getName());
    return console;
  }

  private static OutputStreamAppender<ILoggingEvent> started(
      OutputStreamAppender<ILoggingEvent> output,
      String path,
      LogLine line,
      LogsConfig.Sampling sampling,
      LoggerContext context)
      throws IOException {
    output.setContext(context);
    output.setName(path);
    output.setEncoder(line);
    line.start();
    if (sampling.enabled()) {
      LogSampling filter = new LogSampling(sampling);
      filter.start();
      output.addFilter(filter);
    }
    output.start();
    if (!output.isStarted()) {
      throw new IOException("service.telemetry.logs.output_paths: cannot write " + path);
    }
    return output;
  }
}
