package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.millrace.config.LogsConfig.Sampling;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogSamplingTest {
  private final LogSampling sampling =
      new LogSampling(new Sampling(true, Duration.ofSeconds(10), 2, 5));

  @Test
  void keepsTheFirstOnesOfAnIntervalAndThenOneOfMany() {
    assertThat(kept(0, "dropped {}", 13)).isEqualTo(4); // 1, 2, 7 and 12
    assertThat(kept(9_999, "dropped {}", 3)).isZero(); // 14 to 16
    assertThat(kept(10_000, "dropped {}", 3)).isEqualTo(2);
  }

  @Test
  void countsEachMessageAlone() {
    assertThat(kept(0, "one {}", 3)).isEqualTo(2);
    assertThat(kept(0, "two {}", 3)).isEqualTo(2);
    assertThat(kept(0, "{}", 3)).isEqualTo(3); // texts of their own
  }

  @Test
  void leavesTheDebugExporterAlone() {
    assertThat(kept("io.millrace.exporter.debug.DebugExporter", 0, "{}: {}", 9)).isEqualTo(9);
  }

  private long kept(long millis, String message, int times) {
    return kept("io.millrace.exporter.sending.SendingExporter", millis, message, times);
  }

  private long kept(String logger, long millis, String message, int times) {
    return IntStream.range(0, times)
        .filter(i -> sampling.decide(event(logger, millis, message, i)) == FilterReply.NEUTRAL)
        .count();
  }

  private static LoggingEvent event(String logger, long millis, String message, int parameter) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger(logger),
            Level.WARN,
            message,
            null,
            new Object[] {parameter});
    event.setInstant(Instant.ofEpochMilli(millis));
    return event;
  }
}
