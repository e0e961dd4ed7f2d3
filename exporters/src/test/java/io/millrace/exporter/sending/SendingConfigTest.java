package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.InvalidConfigException;
import io.millrace.exporter.sending.QueueConfig.OnFull;
import io.millrace.exporter.sending.QueueConfig.Sizer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendingConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void defaultsAreTheCollectors() {
    assertThat(RetryConfig.DEFAULT)
        .isEqualTo(
            new RetryConfig(
                true,
                Duration.ofSeconds(5),
                1.5,
                0.5,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5)));
    assertThat(QueueConfig.DEFAULT)
        .isEqualTo(
            new QueueConfig(
                true, 10, 1000, Sizer.REQUESTS, false, false, OnFull.DROP, 0, null, null));
  }

  @Test
  void noTimeoutIsForEver() {
    assertThat(
            new SendingConfig(Duration.ZERO, RetryConfig.DEFAULT, QueueConfig.DEFAULT)
                .timeoutNanos())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesRetriesThatDoNotWait() {
    assertThatThrownBy(
            () -> new RetryConfig(true, Duration.ZERO, 0.5, 1.1, Duration.ZERO, SECOND.negated()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("initial_interval: 0s (expected: > 0s)")
        .hasMessageContaining("multiplier: 0.5 (expected: >= 1)")
        .hasMessageContaining("randomization_factor: 1.1 (expected: 0.0 to 1.0)")
        .hasMessageContaining("max_interval: 0s (expected: > 0s)")
        .hasMessageContaining("max_elapsed_time: -1s (expected: >= 0s)");
  }

  @Test
  void refusesToGiveUpBeforeTheFirstRetry() {
    assertThatThrownBy(() -> new RetryConfig(true, SECOND.multipliedBy(2), 2, 0, SECOND, SECOND))
        .hasMessageContaining("max_elapsed_time: 1s (expected: >= 2s)");
    assertThatThrownBy(() -> new RetryConfig(true, SECOND, 2, 0, SECOND.multipliedBy(3), SECOND))
        .hasMessageContaining("max_elapsed_time: 1s (expected: >= 3s)");
  }

  @Test
  void doesNotCheckRetriesThatAreSwitchedOff() {
    assertThat(new RetryConfig(false, Duration.ZERO, 0, 9, Duration.ZERO, Duration.ZERO).enabled())
        .isFalse();
  }

  @Test
  void refusesQueuesWithoutRoom() {
    assertThatThrownBy(() ->
            new QueueConfig(true, 0, 0, Sizer.ITEMS, false, false, OnFull.DROP, -1, null, null))
        .hasMessageContaining("num_consumers: 0 (expected: 1 to 10000)")
        .hasMessageContaining("queue_size: 0 (expected: >= 1)")
        .hasMessageContaining("max_bytes: -1 (expected: >= 0)");
  }

  @Test
  void refusesWhatItDoesNotDoYet() {
    assertThatThrownBy(() -> unsupported(true, "file_storage", Map.of("min_size", 1)))
        .hasMessageContaining("block_on_overflow: true (expected: false: see on_full")
        .hasMessageContaining("storage: file_storage (expected: absent: queues on disk")
        .hasMessageContaining("batch: {min_size=1} (expected: absent: batching here");
  }

  private static QueueConfig unsupported(
      boolean blocks, @Nullable String storage, @Nullable Map<String, Object> batch) {
    return new QueueConfig(true, 1, 1, Sizer.ITEMS, blocks, false, OnFull.DROP, 0, storage, batch);
  }
}
