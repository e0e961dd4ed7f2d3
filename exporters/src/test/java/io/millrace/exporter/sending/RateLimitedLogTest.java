package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  private final ManualClock clock = new ManualClock();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final RateLimitedLog log =
      new RateLimitedLog(logger(lines), clock, Duration.ofSeconds(10));

  private static Logger logger(ListAppender<ILoggingEvent> lines) {
    Logger logger = new LoggerContext().getLogger("test");
    lines.start();
    logger.addAppender(lines);
    return logger;
  }

  @Test
  void warnsOncePerIntervalAndTellsWhatItKeptBack() {
    log.warn(() -> "first");
    log.warn(() -> "second");
    log.warn(() -> "third");
    clock.advance(Duration.ofSeconds(10));
    log.warn(() -> "fourth");
    clock.advance(Duration.ofSeconds(10));
    log.warn(() -> "fifth");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("first", "fourth (2 similar warnings kept back before this one)", "fifth");
  }

  @Test
  void makesNoMessageThatNobodyReads() {
    AtomicInteger made = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      log.warn(() -> "message " + made.incrementAndGet());
    }

    assertThat(made).hasValue(1);
  }
}
