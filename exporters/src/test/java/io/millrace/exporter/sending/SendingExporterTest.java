package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.BYTES;
import static io.millrace.exporter.sending.SendingFixture.ITEMS;
import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static io.millrace.exporter.sending.SendingFixture.retryable;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots, retries and results. */
class SendingExporterTest {
  private static final String LABELS = "{data_type=\"traces\",exporter=\"otlp/x\"}";

  private SendingFixture fixture = new SendingFixture(NO_JITTER, queue(2, 100));

  private ScriptedSender backend() {
    return fixture.backend;
  }

  private void use(RetryConfig retry, QueueConfig queue) {
    fixture = new SendingFixture(retry, queue);
  }

  @Test
  void sendsOnTheCallersThreadWhileASlotIsFree() {
    fixture.consume(1);

    assertThat(backend().calls).hasSize(1);
    assertThat(backend().last().timeoutNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(fixture.metric("otelcol_exporter_in_flight_requests" + LABELS)).isOne();
  }

  @Test
  void queuesWhatFindsNoSlotAndSendsItWhenOneComesFree() {
    fixture.consume(4);
    assertThat(backend().calls).hasSize(2);

    backend().call(1).answer(SendResult.DELIVERED);

    assertThat(backend().calls).hasSize(3);
    assertThat(fixture.settlements).containsExactly(Settlement.DELIVERED);
    assertThat(fixture.sent()).isEqualTo(ITEMS);
    assertThat(fixture.exporter.heldItems()).isEqualTo(3L * ITEMS);
  }

  @Test
  void sendsTheSameBytesWithoutACopy() {
    OtlpBatch batch = fixture.batch();
    fixture.exporter.consume(batch);

    assertThat(backend().last().batch()).isSameAs(batch);
  }

  /**
   * Scenario: a long queue meets a backend that answers before the call returns. Guarantees: the
   * stack does not grow with the queue.
   */
  @Test
  void doesNotNestAttemptsWhenTheBackendAnswersAtOnce() {
    fixture.consume(20_000);
    backend().script(batch -> SendResult.DELIVERED);

    backend().call(0).answer(SendResult.DELIVERED);

    assertThat(fixture.sent()).isEqualTo(19_999L * ITEMS);
  }

  @Test
  void countsAnAnswerOnceHoweverOftenItComes() {
    fixture.consume(1);
    backend().call(0).answer(SendResult.DELIVERED);
    backend().call(0).answer(retryable());
    fixture.time.advance(Duration.ofMinutes(1));

    assertThat(backend().calls).hasSize(1);
    assertThat(fixture.sent()).isEqualTo(ITEMS);
    assertThat(fixture.sendFailed()).isZero();
  }

  @Test
  void waitsAtLeastAsLongAsTheBackendAsks() {
    fixture.consume(1);
    backend().last().answer(new SendResult.Retryable("", Duration.ofSeconds(60).toNanos()));

    fixture.time.advance(Duration.ofSeconds(60));
    assertThat(backend().calls).hasSize(1);
    fixture.time.advance(Duration.ofSeconds(12));
    assertThat(backend().calls).hasSize(2);
  }

  @Test
  void waitsLongerAfterEveryFailure() {
    backend().script(batch -> retryable());
    fixture.consume(1);
    fixture.time.advance(Duration.ofSeconds(60));

    List<Long> seconds =
        backend().calls.stream()
            .map(call -> (call.atNanos() - backend().call(0).atNanos()) / 1_000_000_000)
            .toList();
    assertThat(seconds).containsExactly(0L, 5L, 12L, 23L, 40L);
  }

  /** Delivers another batch every second, so that the backend is well. */
  private void keepTheBackendWell(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      fixture.consume(1);
      fixture.time.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void dropsWhatABackendThatTakesOthersRefusesForTooLong() {
    OtlpBatch unlucky = fixture.batch();
    backend().script(batch -> batch == unlucky ? retryable() : SendResult.DELIVERED);
    fixture.exporter.consume(unlucky);
    keepTheBackendWell(Duration.ofMinutes(4));
    assertThat(fixture.sendFailed()).isZero();
    keepTheBackendWell(Duration.ofMinutes(1));

    assertThat(fixture.settlements).containsOnlyOnce(Settlement.refused("retries_exhausted", 0));
    assertThat(fixture.sendFailed()).isEqualTo(ITEMS);
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  @Test
  void triesForDaysWhenTold() {
    use(
        new RetryConfig(true, Duration.ofSeconds(5), 1.5, 0, Duration.ofSeconds(30), Duration.ZERO),
        queue(2, 100));
    backend().script(batch -> retryable());
    fixture.consume(1);
    fixture.time.advance(Duration.ofDays(1));
    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofSeconds(30));

    assertThat(fixture.settlements).containsExactly(Settlement.DELIVERED);
  }

  @Test
  void aBatchThatWaitsForItsRetryLeavesItsSlotToOthers() {
    fixture.consume(2);
    backend().call(0).answer(retryable());
    backend().call(1).answer(retryable());

    fixture.consume(2);

    assertThat(backend().calls).hasSize(4);
  }

  @Test
  void retriesBeforeItSendsWhatIsFresh() {
    fixture.consume(3);
    OtlpBatch first = backend().call(0).batch();
    backend().call(0).answer(retryable());
    assertThat(backend().calls).hasSize(3);
    fixture.consume(1);
    fixture.time.advance(Duration.ofSeconds(5));
    backend().call(1).answer(SendResult.DELIVERED);

    assertThat(backend().last().batch()).isSameAs(first);
  }

  /**
   * Scenario: the backend is away for far longer than {@code max_elapsed_time}, with a long queue,
   * then comes back. Guarantees: one probe at a time and not more often than a single batch would
   * be tried; nothing is lost.
   */
  @Test
  void holdsEverythingInALongOutageAndProbesOneAtATime() {
    backend().script(batch -> retryable());
    fixture.consume(1000);
    assertThat(backend().calls).hasSize(10);
    assertThat(fixture.metric("millrace_exporter_circuit_open" + LABELS)).isOne();

    fixture.time.advance(Duration.ofHours(3));
    assertThat(fixture.settlements).isEmpty();
    assertThat(backend().calls).hasSizeLessThan(3 * 3600 / 5);

    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(1));
    assertThat(fixture.sent()).isEqualTo(1000L * ITEMS);
    assertThat(fixture.metric("millrace_exporter_circuit_open" + LABELS)).isZero();
  }

  /** Scenario: one batch makes the backend fail, whenever it is tried, and traffic is low. */
  @Test
  void oneBatchThatAlwaysFailsIsNotTheOnlyProbe() {
    OtlpBatch bad = fixture.batch();
    backend().script(batch -> batch == bad ? retryable() : SendResult.DELIVERED);
    fixture.exporter.consume(bad);
    fixture.time.advance(Duration.ofMinutes(20));

    fixture.consume(3);
    fixture.time.advance(Duration.ofMinutes(1));

    assertThat(fixture.sent()).isEqualTo(3L * ITEMS);
  }

  /** Scenario: 70 % of the attempts fail for five minutes. */
  @Test
  void losesNothingToABackendThatFlaps() {
    use(NO_JITTER, queue(10, 5000));
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    backend().script(batch -> random.nextInt(10) < 7 ? retryable() : SendResult.DELIVERED);
    for (int i = 0; i < 300; i++) {
      fixture.consume(5);
      fixture.time.advance(Duration.ofSeconds(1));
    }
    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(2));

    assertThat(fixture.sent()).isEqualTo(1500L * ITEMS);
    assertThat(backend().calls).hasSizeLessThan(1500 * 4);
  }

  /**
   * Scenario: for a minute the backend answers 503 at once, swallows connections until they time
   * out, or its name is looked up in vain, while 50 requests a second come. Guarantees: it sees few
   * attempts, never more than there are slots, and nothing is lost.
   */
  @ParameterizedTest
  @ValueSource(ints = {20, 5_000, 10_000})
  void aMinuteWithoutABackendCostsFewAttemptsAndNothingElse(int failureMillis) {
    use(NO_JITTER, queue(10, 10_000));
    AtomicBoolean isDown = new AtomicBoolean(true);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger mostUnderWay = new AtomicInteger();
    backend()
        .script(batch -> {
          ScriptedSender.Call call = backend().last();
          mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          boolean fails = isDown.get();
          Duration late = Duration.ofMillis(fails ? failureMillis : 20);
          fixture.time.schedule(
              late.toNanos(),
              () -> {
                underWay.decrementAndGet();
                call.answer(fails ? retryable() : SendResult.DELIVERED);
              });
          return null;
        });
    consumeForAMinute();
    assertThat(backend().calls).hasSizeLessThan(60);

    isDown.set(false);
    consumeForAMinute();
    fixture.time.advance(Duration.ofMinutes(1));
    assertThat(fixture.sent()).isEqualTo(2L * 60 * 50 * ITEMS);
    assertThat(mostUnderWay).hasValueLessThanOrEqualTo(10);
  }

  private void consumeForAMinute() {
    for (int i = 0; i < 60 * 50; i++) {
      fixture.consume(1);
      fixture.time.advance(Duration.ofMillis(20));
    }
  }

  /** Scenario: 503 with a Retry-After of four minutes. */
  @Test
  void leavesABackendAloneForAsLongAsItAsks() {
    use(NO_JITTER, queue(1, 100));
    fixture.consume(1);
    backend().last().answer(new SendResult.Retryable("", Duration.ofMinutes(4).toNanos()));
    fixture.consume(5);
    fixture.time.advance(Duration.ofMinutes(4));
    assertThat(backend().calls).hasSize(1);

    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(1));
    assertThat(fixture.sent()).isEqualTo(6L * ITEMS);
  }

  /** Scenario: a token expires; somebody renews it the next day. */
  @Test
  void holdsEverythingWhileTheBackendDoesNotKnowUs() {
    backend().script(batch -> new SendResult.Held("401"));
    fixture.consume(50);
    assertThat(backend().calls).hasSize(1);
    assertThat(fixture.metric("millrace_exporter_circuit_open" + LABELS)).isOne();
    fixture.time.advance(Duration.ofDays(1));
    assertThat(fixture.settlements).isEmpty();
    assertThat(backend().calls).hasSizeBetween(2, 24 * 120 + 1);

    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(1));
    assertThat(fixture.sent()).isEqualTo(50L * ITEMS);
  }

  /** Scenario: the endpoint leads nowhere; somebody corrects a proxy in time, or nobody does. */
  @Test
  void holdsEverythingForAnHourWhereNobodyIsServing() {
    backend().script(batch -> new SendResult.Unserved("404"));
    fixture.consume(50);
    fixture.time.advance(Duration.ofMinutes(55));
    assertThat(backend().calls).hasSizeBetween(2, 55 * 2 + 1);
    assertThat(fixture.settlements).isEmpty();

    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(1));
    assertThat(fixture.sent()).isEqualTo(50L * ITEMS);

    backend().script(batch -> new SendResult.Unserved("404"));
    fixture.consume(1);
    fixture.time.advance(Duration.ofMinutes(62));
    assertThat(fixture.settlements.getLast()).isEqualTo(Settlement.refused("retries_exhausted", 0));
  }

  @Test
  void tellsASenderThatWaitsWhenTheBackendDoesNotKnowUsForTooLong() {
    use(
        NO_JITTER,
        new QueueConfig(
            true,
            2,
            9,
            QueueConfig.Sizer.REQUESTS,
            false,
            true,
            QueueConfig.OnFull.DROP,
            0,
            null,
            null));
    backend().script(batch -> new SendResult.Held("401"));
    fixture.consume(1);
    fixture.time.advance(Duration.ofMinutes(6));

    assertThat(fixture.settlements).containsExactly(Settlement.refused("retries_exhausted", 0));
  }

  @Test
  void sendsNothingElseWhileABackendAsksForAPause() {
    fixture.consume(1);
    backend().last().answer(new SendResult.Retryable("", Duration.ofSeconds(60).toNanos()));
    fixture.consume(5);
    fixture.time.advance(Duration.ofSeconds(60));
    assertThat(backend().calls).hasSize(1);

    fixture.time.advance(Duration.ofSeconds(12));
    assertThat(backend().calls).hasSize(3);
  }

  @Test
  void opensTheSlotsByAndByWhenTheBackendIsBack() {
    use(NO_JITTER, queue(8, 1000));
    backend().script(batch -> retryable());
    fixture.consume(100);
    backend().script(ScriptedSender.SILENT);
    fixture.time.advance(Duration.ofSeconds(5));
    int before = backend().calls.size();

    backend().last().answer(SendResult.DELIVERED);
    assertThat(backend().calls).hasSize(before + 2);
    backend().last().answer(SendResult.DELIVERED);
    assertThat(backend().calls).hasSize(before + 5);
  }

  @Test
  void keepsTheOrderWithOneConsumer() {
    use(NO_JITTER, queue(1, 100));
    fixture.consume(3);
    OtlpBatch first = backend().call(0).batch();
    backend().call(0).answer(retryable());
    assertThat(backend().calls).hasSize(1);

    backend().script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofSeconds(5));

    assertThat(backend().call(1).batch()).isSameAs(first);
    assertThat(fixture.settlements).hasSize(3);
  }

  @Test
  void tellsApartWhyItemsWereGivenUp() {
    use(NO_JITTER, queue(1, 10));
    fixture.backend.script(batch -> new SendResult.Permanent("INVALID_ARGUMENT: no"));
    fixture.consume(1);
    fixture.backend.script(batch -> new SendResult.Retryable("HTTP 503: busy", 0));
    fixture.consume(1);
    fixture.exporter.shutdown();

    assertThat(failed(true, "InvalidArgument")).isEqualTo(ITEMS);
    assertThat(failed(false, "Shutdown")).isEqualTo(ITEMS);
  }

  private long failed(boolean isPermanent, String type) {
    return fixture.metric(
        "otelcol_exporter_send_failed_spans{error_permanent=\"%s\",error_type=\"%s\",exporter=\"otlp/x\"}"
            .formatted(isPermanent, type));
  }

  @Test
  void dropsWhatTheBackendNeverTakes() {
    fixture.consume(2);
    backend().call(0).answer(new SendResult.Permanent("INVALID_ARGUMENT"));
    backend().call(1).answer(new SendResult.TooLarge("413"));

    assertThat(fixture.settlements)
        .containsExactly(Settlement.rejected("permanent_error"), Settlement.rejected("too_large"));
    assertThat(fixture.sendFailed()).isEqualTo(2L * ITEMS);
  }

  @Test
  void tellsWaitingSendersInsteadOfDropping() {
    use(
        new RetryConfig(false, Duration.ZERO, 1, 0, Duration.ZERO, Duration.ZERO),
        new QueueConfig(
            false,
            2,
            1,
            QueueConfig.Sizer.REQUESTS,
            false,
            false,
            QueueConfig.OnFull.DROP,
            0,
            null,
            null));
    fixture.consume(2);
    backend().call(0).answer(new SendResult.Permanent("INVALID_ARGUMENT"));
    backend().call(1).answer(new SendResult.Retryable("UNAVAILABLE", 7));

    assertThat(fixture.exporter.waitsForResult()).isTrue();
    assertThat(fixture.settlements)
        .containsExactly(
            Settlement.rejected("permanent_error"), Settlement.refused("retries_exhausted", 7));
    assertThat(fixture.sendFailed()).isEqualTo(2L * ITEMS);
  }

  @Test
  void countsWhatTheBackendRejectedFromABatchAsDropped() {
    fixture.consume(1);
    backend().last().answer(new SendResult.PartialSuccess(3, "no\nattributes"));

    assertThat(fixture.settlements).containsExactly(Settlement.dropped("partial_success"));
    assertThat(fixture.sent()).isEqualTo(ITEMS - 3);
    assertThat(fixture.sendFailed()).isEqualTo(3);
  }

  @Test
  void doesNotBelieveThatMoreWasRejectedThanWasSent() {
    fixture.consume(2);
    backend().call(0).answer(new SendResult.PartialSuccess(Long.MAX_VALUE, ""));
    backend().call(1).answer(new SendResult.PartialSuccess(-1, "advice"));

    assertThat(fixture.sent()).isEqualTo(ITEMS);
    assertThat(fixture.sendFailed()).isEqualTo(ITEMS);
  }

  @Test
  void tellsTheSenderOfABatchOfWhichNothingWasTaken() {
    fixture.consume(1);
    backend().last().answer(new SendResult.PartialSuccess(ITEMS, "too old"));

    assertThat(fixture.settlements).containsExactly(Settlement.rejected("partial_success"));
    assertThat(backend().calls).hasSize(1);
  }

  @Test
  void aSenderThatThrowsCostsNeitherSlotNorAck() {
    use(NO_JITTER, queue(1, 100));
    backend()
        .script(batch -> {
          throw new IllegalStateException("bug");
        });
    fixture.consume(3);

    assertThat(fixture.settlements).hasSize(3).containsOnly(Settlement.rejected("permanent_error"));
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  @Test
  void settlesEverySenderOfAJoinedBatch() {
    OtlpBatch batch =
        SendingFixture.batch(
            Ack.join(
                List.of(
                    new AckShare(Ack.of(fixture.settlements::add), 4),
                    new AckShare(Ack.of(fixture.settlements::add), 6))));
    fixture.exporter.consume(batch);
    backend().last().answer(SendResult.DELIVERED);

    assertThat(fixture.settlements).containsExactly(Settlement.DELIVERED, Settlement.DELIVERED);
    assertThat(batch.length()).isEqualTo(BYTES);
  }
}
