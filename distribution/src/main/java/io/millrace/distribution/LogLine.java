package io.millrace.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.millrace.config.LogsConfig;
import io.millrace.config.LogsConfig.Encoding;
import io.millrace.config.TreeWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log event in the collector's form: its keys in JSON, its columns on a console. Thread
 * safe.
 */
final class LogLine extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

  private final LogsConfig config;
  private final Map<String, String> resource;

  /**
   * Creates an encoder.
   *
   * @param resource what the process is called, in every JSON line
   */
  LogLine(LogsConfig config, Map<String, String> resource) {
    this.config = config;
    this.resource = resource;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = config.encoding() == Encoding.JSON ? json(event) : console(event);
    return (line + '\n').getBytes(UTF_8);
  }

  private String json(ILoggingEvent event) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("level", level(event));
    line.put("ts", time(event));
    if (!config.disableCaller()) {
      line.put("caller", caller(event));
    }
    line.put("msg", event.getFormattedMessage());
    line.put("resource", resource);
    line.putAll(config.initialFields());
    line.putAll(failure(event));
    return TreeWriter.jsonLine(line);
  }

  private String console(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(time(event));
    line.append('\t').append(level(event));
    if (!config.disableCaller()) {
      line.append('\t').append(caller(event));
    }
    line.append('\t').append(event.getFormattedMessage());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(config.initialFields());
    fields.putAll(failure(event));
    Object stack = fields.remove("stacktrace");
    if (!fields.isEmpty()) {
      line.append('\t').append(TreeWriter.jsonLine(fields));
    }
    return stack == null ? line.toString() : line.append('\n').append(stack).toString();
  }

  private Map<String, Object> failure(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return Map.of();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("error", thrown.getClassName() + ": " + thrown.getMessage());
    if (!config.disableStacktrace()) {
      fields.put("stacktrace", ThrowableProxyUtil.asString(thrown).strip());
    }
    return fields;
  }

  private static String level(ILoggingEvent event) {
    return event.getLevel().toString().toLowerCase(Locale.ROOT);
  }

  private static String time(ILoggingEvent event) {
    return TIME.format(event.getInstant().atZone(ZoneId.systemDefault()));
  }

  private static String caller(ILoggingEvent event) {
    String logger = event.getLoggerName();
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
