package io.millrace.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.millrace.config.LogsConfig;
import io.millrace.config.LogsConfig.Encoding;
import io.millrace.config.LogsConfig.Sampling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static final Sampling NONE = new Sampling(false, Duration.ofSeconds(10), 10, 100);
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d{4})";

  private final Logger logger = new LoggerContext().getLogger("io.millrace.service.Collector");

  @Test
  void jsonHasTheCollectorsKeys() {
    String line = line(config(Encoding.JSON, Map.of("site", 7L), false), null);

    assertThat(line.replaceFirst(TIME, "TIME"))
        .isEqualTo(
            """
            {"level":"warn","ts":"TIME","caller":"Collector","msg":"lost 3 \\"items\\"",\
            "resource":{"service.name":"edge"},"site":7}
            """);
  }

  @Test
  void consoleHasTheCollectorsColumns() {
    assertThat(line(config(Encoding.CONSOLE, Map.of("site", 7L), false), null))
        .matches(TIME + "\twarn\tCollector\tlost 3 \"items\"\t\\{\"site\":7}\n");
    assertThat(line(config(Encoding.CONSOLE, Map.of(), true), null))
        .matches(TIME + "\twarn\tlost 3 \"items\"\n");
  }

  @Test
  void aFailureIsNamedAndItsStackTraceCanBeLeftOut() {
    Exception failure = new IllegalStateException("broken");

    assertThat(line(config(Encoding.JSON, Map.of(), false), failure))
        .contains("\"error\":\"java.lang.IllegalStateException: broken\"")
        .contains("\"stacktrace\":\"java.lang.IllegalStateException: broken\\u000a");
    assertThat(line(config(Encoding.CONSOLE, Map.of(), false), failure))
        .contains("\t{\"error\":\"java.lang.IllegalStateException: broken\"}\njava.lang.Ill");
    assertThat(line(config(Encoding.CONSOLE, Map.of(), true), failure)).hasLineCount(1);
  }

  private static LogsConfig config(Encoding encoding, Map<String, Object> fields, boolean isShort) {
    return new LogsConfig(
        LogsConfig.Level.INFO,
        encoding,
        List.of("stderr"),
        NONE,
        Map.copyOf(fields),
        isShort,
        isShort);
  }

  private String line(LogsConfig config, @Nullable Throwable failure) {
    LoggingEvent event =
        new LoggingEvent("", logger, Level.WARN, "lost {} \"items\"", failure, new Object[] {3});
    return new String(new LogLine(config, Map.of("service.name", "edge")).encode(event), UTF_8);
  }
}
