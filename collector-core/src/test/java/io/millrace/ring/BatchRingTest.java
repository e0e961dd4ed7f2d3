package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.component.FakeClock;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchRingTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MetricRegistry metrics = new MetricRegistry();
  private final Queue<Settlement> settlements = new ConcurrentLinkedQueue<>();
  private final RecordingHandler handler = new RecordingHandler();
  private final CountDownLatch gate = new CountDownLatch(1);
  private BatchRing ring = ring(8, Duration.ZERO, Clock.SYSTEM);

  @AfterEach
  void end() {
    gate.countDown();
    ring.shutdown(SOON);
  }

  @Test
  void handlesBatchesInTheOrderOfTheirClaims() {
    ring.start();
    List<OtlpBatch> batches = List.of(batch(1), batch(2), batch(3));

    batches.forEach(this::publish);

    awaitLeft(3);
    assertThat(handler.handled).containsExactlyElementsOf(batches);
    assertThat(handler.tags).containsExactly(1L, 2L, 3L);
  }

  @Test
  void claimsNothingWhenEverySlotIsInUse() {
    for (int i = 0; i < 8; i++) {
      publish(batch(1));
    }

    assertThat(ring.claim()).isEqualTo(BatchRing.FULL);

    assertThat(ring.size()).isEqualTo(8);
    ring.start();
    awaitLeft(8);
    ring.publishEmpty(ring.claim());
    assertThat(ring.shutdown(SOON)).isZero();
  }

  @Test
  void passesOverAnEmptyClaim() {
    ring.start();
    long first = ring.claim();
    publish(batch(5));
    assertThat(handler.handled).as("nothing overtakes an open claim").isEmpty();

    ring.publishEmpty(first);

    awaitLeft(1);
  }

  @Test
  void dropsTheOneBatchThatTheHandlerThrowsOnAndGoesOn() {
    handler.onBatch =
        batch -> {
          if (batch.items() == 13) {
            throw new IllegalStateException("bad luck");
          }
        };
    ring.start();

    publish(batch(1));
    publish(batch(13));
    publish(batch(2));

    awaitLeft(3);
    assertThat(settlements).containsExactly(Settlement.dropped("processor_error"));
    assertThat(handler.failures).extracting(Throwable::getMessage).containsExactly("bad luck");
  }

  @Test
  void survivesAHandlerThatFailsTwiceOnOneBatch() {
    handler.onBatch =
        batch -> {
          throw new IllegalStateException("first");
        };
    handler.onLeft =
        () -> {
          throw new IllegalStateException("second");
        };
    ring.start();

    publish(batch(1));
    publish(batch(2));

    awaitLeft(2);
    await().until(() -> handler.failures.size() == 4);
    assertThat(settlements).hasSize(2);
  }

  @Test
  void survivesAnErrorThatIsNoException() {
    handler.onBatch =
        batch -> {
          throw new StackOverflowError();
        };
    ring.start();

    publish(batch(1));
    publish(batch(2));

    awaitLeft(2);
    assertThat(settlements).hasSize(2);
  }

  @Test
  void holdsNoBatchAfterItWasHandled() {
    handler.onBatch = batch -> handler.heldWhileHandling.add(ring.heldItems());
    publish(batch(3));
    publish(batch(4));
    assertThat(ring.heldItems()).isEqualTo(7);

    ring.start();

    awaitLeft(2);
    assertThat(handler.heldWhileHandling).containsExactly(7L, 4L);
    assertThat(ring.heldItems()).isZero();
  }

  @Test
  void ticksBetweenBatchesAndWhileIdle() {
    FakeClock clock = new FakeClock();
    ring = ring(8, Duration.ofMillis(5), clock);
    ring.start();
    await().until(() -> handler.ticks.get() >= 2);

    handler.onBatch = batch -> clock.nanos.addAndGet(Duration.ofMillis(6).toNanos());
    int before = handler.ticks.get();
    publish(batch(1));

    awaitLeft(1);
    await().until(() -> handler.ticks.get() > before);
  }

  @Test
  void goesOnAfterATickThatThrows() {
    handler.tickFailure = new IllegalStateException("tick");
    ring = ring(8, Duration.ofMillis(1), Clock.SYSTEM);
    ring.start();
    await().until(() -> handler.ticks.get() >= 3);

    publish(batch(1));

    awaitLeft(1);
    assertThat(settlements).isEmpty();
  }

  @Test
  void drainsBeforeItEnds() {
    for (int i = 0; i < 8; i++) {
      publish(batch(i));
    }
    ring.start();

    assertThat(ring.shutdown(SOON)).isZero();

    assertThat(handler.handled).hasSize(8);
    assertThat(settlements).isEmpty();
    assertThat(ring.claim()).isEqualTo(BatchRing.FULL);
  }

  @Test
  void refusesAtTheDeadlineWhatIsLeft() {
    CountDownLatch inHand = new CountDownLatch(1);
    handler.onBatch =
        batch -> {
          inHand.countDown();
          awaitGate();
        };
    ring.start();
    for (int i = 0; i < 3; i++) {
      publish(batch(1));
    }
    await().until(() -> inHand.getCount() == 0);

    assertThat(ring.shutdown(Duration.ofMillis(10))).isEqualTo(3);

    assertThat(settlements).hasSize(3).containsOnly(Settlement.refused("shutting_down", 0));
    gate.countDown();
    awaitLeft(3);
    assertThat(handler.tags).as("each batch leaves once").containsExactly(1L, 1L, 1L);
  }

  @Test
  void refusesWhatWasPublishedToARingThatNeverStarted() {
    publish(batch(1));

    assertThat(ring.shutdown(SOON)).isOne();
    assertThat(ring.shutdown(SOON)).as("a second call does nothing").isZero();

    awaitLeft(1);
    assertThat(settlements).containsExactly(Settlement.refused("shutting_down", 0));
  }

  @Test
  void namesItsThreadAndExposesItsFill() {
    publish(batch(1));
    publish(batch(1));
    ring.start();
    awaitLeft(2);

    assertThat(handler.threadNames).containsOnly("ring-p");
    assertThat(PrometheusText.write(metrics))
        .contains("millrace_ring_capacity{pipeline=\"p\"} 8")
        .contains("millrace_ring_high_water{pipeline=\"p\"} 2");
  }

  @Test
  void deliversEverythingThatManyThreadsPublish() throws InterruptedException {
    ring.start();
    int each = 2_000;
    AtomicInteger published = new AtomicInteger();
    List<Thread> senders = List.of(sender(each, published), sender(each, published));
    for (Thread sender : senders) {
      sender.join();
    }

    awaitLeft(2 * each);
    assertThat(published).hasValue(2 * each);
  }

  private Thread sender(int batches, AtomicInteger published) {
    return Thread.ofPlatform()
        .start(() -> {
          for (int i = 0; i < batches; ) {
            long sequence = ring.claim();
            if (sequence == BatchRing.FULL) {
              Thread.onSpinWait();
              continue;
            }
            ring.publish(sequence, batch(1), 0);
            published.incrementAndGet();
            i++;
          }
        });
  }

  private BatchRing ring(int capacity, Duration tickInterval, Clock clock) {
    return new BatchRing("p", capacity, handler, tickInterval, clock, metrics);
  }

  private void publish(OtlpBatch batch) {
    long sequence = ring.claim();
    assertThat(sequence).isNotEqualTo(BatchRing.FULL);
    ring.publish(sequence, batch, batch.items());
  }

  private OtlpBatch batch(int items) {
    return new OtlpBatch(
        new byte[0],
        0,
        0,
        Signal.TRACES,
        items,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(settlements::add));
  }

  private void awaitLeft(int batches) {
    await().atMost(SOON).until(() -> handler.tags.size() == batches);
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class RecordingHandler implements BatchHandler {
    final Queue<OtlpBatch> handled = new ConcurrentLinkedQueue<>();
    final Queue<Long> tags = new ConcurrentLinkedQueue<>();
    final Queue<Long> heldWhileHandling = new ConcurrentLinkedQueue<>();
    final Queue<String> threadNames = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    final AtomicInteger ticks = new AtomicInteger();
    volatile Consumer<OtlpBatch> onBatch = batch -> {};
    volatile Runnable onLeft = () -> {};
    volatile @Nullable RuntimeException tickFailure;

    @Override
    public void handle(OtlpBatch batch) {
      threadNames.add(Thread.currentThread().getName());
      handled.add(batch);
      onBatch.accept(batch);
    }

    @Override
    public void left(OtlpBatch batch, long tag) {
      tags.add(tag);
      onLeft.run();
    }

    @Override
    public void failed(Throwable failure) {
      failures.add(failure);
    }

    @Override
    public void tick(long nanos) {
      ticks.incrementAndGet();
      if (tickFailure != null) {
        throw tickFailure;
      }
    }
  }
}
