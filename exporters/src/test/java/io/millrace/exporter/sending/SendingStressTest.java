package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendingStressTest {
  private static final int RINGS = 3;
  private static final int BATCHES = 4000;
  private static final int SLOTS = 4;
  private static final OtlpBatch TEN_SPANS = OtlpSamples.spans(ITEMS);

  private final AtomicInteger settled = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();
  private final FakeHost host = new FakeHost(Clock.SYSTEM);

  /**
   * Scenario: ring threads hand over batches while the backend answers early, late, from its own
   * threads, with all kinds of results, and the exporter is shut down in the middle. Guarantees:
   * every ack settles, every item is counted once, and no more attempts run than there are slots.
   */
  @Test
  void settlesEveryBatchOnceWhateverTheThreadsDo() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    try (ExecutorService backend = Executors.newFixedThreadPool(2)) {
      SendingExporter exporter = exporter(chaos(backend, seed));
      List<Thread> rings = new ArrayList<>();
      for (int i = 0; i < RINGS; i++) {
        rings.add(Thread.ofPlatform().start(() -> feed(exporter)));
      }
      await().until(() -> settled.get() > RINGS * BATCHES / 2);
      exporter.shutdown();
      for (Thread ring : rings) {
        ring.join();
      }
      assertThat(settled).hasValue(RINGS * BATCHES);
      assertThat(exporter.heldItems()).isZero();
    }
    assertThat(count("sent") + count("send_failed")).isEqualTo((long) RINGS * BATCHES * ITEMS);
    assertThat(inFlightMax.get()).isBetween(2, SLOTS);
  }

  private void feed(SendingExporter exporter) {
    for (int i = 0; i < BATCHES; i++) {
      exporter.consume(TEN_SPANS.withAck(Ack.of(settlement -> settled.incrementAndGet())));
    }
  }

  private long count(String what) {
    return CountedItems.count(host.metrics(), "otelcol_exporter_" + what + "_spans");
  }

  private SendingExporter exporter(Sender sender) {
    RetryConfig retry =
        new RetryConfig(
            true, Duration.ofMillis(1), 1.5, 0.5, Duration.ofMillis(3), Duration.ofMillis(10));
    return SendingExporter.create(
        host.context("otlp"),
        Signal.TRACES,
        new SendingConfig(Duration.ZERO, retry, SendingFixture.queue(SLOTS, 100)),
        sender);
  }

  private Sender chaos(ExecutorService threads, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sender() {
      @Override
      public void send(OtlpBatch batch, long timeoutNanos, SendCallback callback) {
        inFlightMax.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        int dice;
        synchronized (random) {
          dice = random.nextInt(100);
        }
        Runnable answer =
            () -> {
              inFlight.decrementAndGet();
              callback.finished(result(dice));
            };
        if (dice % 2 == 0) {
          answer.run();
        } else {
          threads.execute(answer);
        }
      }
    };
  }

  private static SendResult result(int dice) {
    if (dice < 30) {
      return new SendResult.Retryable("", 0);
    }
    if (dice < 40) {
      return new SendResult.Permanent("");
    }
    if (dice < 45) {
      return new SendResult.TooLarge("");
    }
    return dice < 50 ? new SendResult.PartialSuccess(3, "") : SendResult.DELIVERED;
  }
}
