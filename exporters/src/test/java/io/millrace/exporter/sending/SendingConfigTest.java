package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.InvalidConfigException;
import io.millrace.exporter.sending.QueueConfig.OnFull;
import io.millrace.exporter.sending.QueueConfig.Sizer;
import java.time.Duration;
import java.util.List;
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
    assertThatThrownBy(() ->
            new QueueConfig(
                true, 1, 1, Sizer.ITEMS, false, false, OnFull.DROP, 0, "file_storage", null))
        .hasMessageContaining("storage: file_storage (expected: absent: queues on disk");
  }

  @Test
  void defaultsOfBatchesAreTheCollectors() {
    assertThat(BatchConfig.DEFAULT)
        .isEqualTo(
            new BatchConfig(
                Duration.ofMillis(200), 8192, 0, null, new BatchConfig.Partition(List.of())));
    assertThat(BatchConfig.DEFAULT.sizerIn(Sizer.REQUESTS)).isEqualTo(BatchConfig.Sizer.ITEMS);
    assertThat(BatchConfig.DEFAULT.sizerIn(Sizer.ITEMS)).isEqualTo(BatchConfig.Sizer.ITEMS);
    assertThat(BatchConfig.DEFAULT.sizerIn(Sizer.BYTES)).isEqualTo(BatchConfig.Sizer.BYTES);
  }

  @Test
  void refusesBatchesThatCannotBe() {
    assertThatThrownBy(() -> batch(Duration.ZERO, -1, -2))
        .hasMessageContaining("flush_timeout: 0s (expected: > 0s)")
        .hasMessageContaining("min_size: -1 (expected: >= 0)")
        .hasMessageContaining("max_size: -2 (expected: greater or equal to min_size");
    assertThatThrownBy(() -> batch(SECOND, 9, 8))
        .hasMessageContaining("max_size: 8 (expected: greater or equal to min_size, which is 9");
    assertThatThrownBy(() -> new BatchConfig.Partition(List.of("X-Tenant", "x-tenant")))
        .hasMessageContaining("metadata_keys: [X-Tenant, x-tenant] (expected: no duplicate");
  }

  private static BatchConfig batch(Duration timeout, long min, long max) {
    return new BatchConfig(timeout, min, max, null, BatchConfig.Partition.DEFAULT);
  }

  @Test
  void refusesBatchesThatAQueueOfTheSameUnitNeverFills() {
    assertThatThrownBy(() -> queue(Sizer.ITEMS, 99, batch(SECOND, 100, 0)))
        .hasMessageContaining(
            "batch.min_size: 100 (expected: less or equal to queue_size, which is 99)");
    assertThat(queue(Sizer.ITEMS, 100, batch(SECOND, 100, 0)).isBatched()).isTrue();
    assertThat(queue(Sizer.REQUESTS, 1, batch(SECOND, 100, 0)).isBatched()).isTrue();
  }

  private static QueueConfig queue(Sizer sizer, long size, BatchConfig batch) {
    return new QueueConfig(true, 1, size, sizer, false, false, OnFull.DROP, 0, null, batch);
  }

  @Test
  void aFullQueueRefusesWhereSendersAreToWaitForRoom() {
    assertThat(onFull(true, OnFull.DROP).refuses()).isTrue();
    assertThat(onFull(false, OnFull.REFUSE).refuses()).isTrue();
    assertThat(onFull(false, OnFull.DROP).refuses()).isFalse();
  }

  private static QueueConfig onFull(boolean blocks, OnFull onFull) {
    return new QueueConfig(true, 1, 1, Sizer.ITEMS, blocks, false, onFull, 0, null, null);
  }
}
