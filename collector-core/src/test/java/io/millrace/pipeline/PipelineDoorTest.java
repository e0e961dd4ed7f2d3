package io.millrace.pipeline;

import static io.millrace.pipeline.Rig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.Admission;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineDoorTest {
  private static final String GRPC = "receiver=\"in\",transport=\"grpc\"";

  private final Rig rig = new Rig();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void end() {
    gate.countDown();
    rig.graph().shutdown(Duration.ofSeconds(5));
  }

  @Test
  void repliesOnceTheRingHasTheBatchAndKeepsTheBytesUntilItEnds() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();

    FakeReply reply = rig.send("in", 7);

    assertThat(reply.said).containsExactly("accepted");
    await().until(() -> rig.exporter("out").heldItems() == 7);
    assertThat(rig.budget.used()).isEqualTo(Rig.RESERVED_BYTES);
    rig.exporter("out").settleAll(Settlement.DELIVERED);
    assertThat(rig.budget.used()).isZero();
    assertThat(rig.metric("otelcol_receiver_accepted_spans", GRPC)).isEqualTo(7);
  }

  @Test
  void acceptsAnEmptyRequestWithoutTouchingThePipeline() throws Exception {
    rig.exporter("out").capacity = 0;
    rig.pipeline("traces", "in", "", "out").start();

    assertThat(rig.send("in", 0).said).containsExactly("accepted");

    assertThat(rig.budget.used()).isZero();
    assertThat(rig.metric("millrace_ring_size", "pipeline=\"traces\"")).isZero();
    assertThat(rig.metric("otelcol_receiver_accepted_spans", GRPC)).isZero();
  }

  @Test
  void rejectsMalformedBytesWithTheReason() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();

    FakeReply reply = rig.send("in", Rig.MALFORMED);

    assertThat(reply.said).containsExactly("rejected byte 1: length: 5 (expected: <= 0)");
    assertThat(rig.metric("otelcol_receiver_failed_spans", GRPC)).isOne();
    assertThat(rig.exporter("out").reserved()).isZero();
    assertNothingLeft();
  }

  @Test
  void validatesAsDeeplyAsTheMostDemandingPartAndRepairsText() throws Exception {
    rig.exporter("b").requires = Validation.DEEP;
    rig.pipeline("traces", "in,shallow", "", "a").pipeline("traces/2", "in", "", "b,a").start();
    byte[] badName = Rig.field(5, new byte[] {'a', (byte) 0xff});
    byte[] badKey = Rig.spans(1, Rig.field(9, new byte[] {0x0a, 7}));

    FakeReply repaired = new FakeReply();
    rig.send("in", Rig.spans(2, badName), repaired);
    FakeReply rejected = new FakeReply();
    rig.send("in", badKey.clone(), rejected);
    FakeReply framed = new FakeReply();
    rig.send("shallow", badKey.clone(), framed);

    assertThat(repaired.said).containsExactly("accepted");
    await().until(() -> rig.exporter("b").heldItems() == 2);
    assertThat(rig.exporter("b").taken().getFirst().bytes())
        .isEqualTo(Rig.spans(2, Rig.field(5, new byte[] {'a', '?'})));
    assertThat(
            rig.metric(
                "millrace_receiver_repaired_bytes_total", "receiver=\"in\",signal=\"traces\""))
        .isEqualTo(2);
    assertThat(rejected.said).hasSize(1).first().asString().startsWith("rejected resource_spans");
    assertThat(framed.said).containsExactly("accepted");
  }

  @Test
  void refusesWhenTheRingIsFull() throws Exception {
    blockRingOf("out");
    rig.pipeline("traces", "in", "", "out").start();
    fill("in");

    FakeReply reply = rig.send("in", 1);

    assertThat(reply.said).containsExactly("refused ring_full");
    assertThat(reply.retryAfterNanos).isBetween(OverloadHint.MIN_NANOS, OverloadHint.MAX_NANOS);
    assertThat(rig.metric("otelcol_receiver_refused_spans", GRPC)).isOne();
    assertThat(rig.budget.used()).isEqualTo(PipelineBuilder.RING_SLOTS * Rig.RESERVED_BYTES);
    assertThat(rig.exporter("out").reserved()).isEqualTo(PipelineBuilder.RING_SLOTS);
  }

  @Test
  void entersEveryPipelineOfTheReceiverOrNone() throws Exception {
    blockRingOf("b");
    rig.pipeline("traces/a", "in", "", "a").pipeline("traces/b", "in,other", "", "b").start();
    fill("other");

    assertThat(rig.send("in", 1).said).containsExactly("refused ring_full");

    assertThat(rig.exporter("a").reserved()).isZero();
    await().until(() -> rig.metric("millrace_ring_size", "pipeline=\"traces/a\"") == 0);
    gate.countDown();
    await().until(() -> rig.exporter("b").taken().size() == PipelineBuilder.RING_SLOTS);
    assertThat(rig.send("in", 3).said).containsExactly("accepted");
    await().until(() -> rig.exporter("a").heldItems() == 3);
  }

  @Test
  void refusesForAProcessorAndReleasesWhatOthersReserved() throws Exception {
    CountingAdmission first = new CountingAdmission(null);
    CountingAdmission second = new CountingAdmission(Settlement.refused("memory_limiter", 0));
    rig.onProcessor = p -> p.admission = p.name.endsWith("one") ? first : second;
    rig.pipeline("traces", "in", "p/one,p/two", "out").start();

    assertThat(rig.send("in", 1).said).containsExactly("refused memory_limiter");

    assertThat(first.reserved).hasValue(0);
    assertThat(second.reserved).hasValue(0);
    assertNothingLeft();
  }

  @Test
  void refusesWhenEveryExporterIsFull() throws Exception {
    rig.exporter("a").capacity = 0;
    rig.exporter("b").capacity = 0;
    rig.pipeline("traces", "in", "", "a,b").start();

    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");

    assertNothingLeft();
  }

  @Test
  void acceptsWhenOneOptionalExporterHasRoom() throws Exception {
    rig.exporter("a").capacity = 0;
    rig.pipeline("traces", "in", "", "a,b").start();

    assertThat(rig.send("in", 1).said).containsExactly("accepted");

    await().until(() -> rig.exporter("b").heldItems() == 1);
    assertThat(rig.exporter("a").taken()).isEmpty();
    assertThat(enqueueFailed("a")).isOne();
    await().until(() -> rig.exporter("b").reserved() == 0);
    assertThat(rig.exporter("a").reserved()).isZero();
  }

  @Test
  void deliversToEveryExporterThatARequestFillsByItself() throws Exception {
    rig.exporter("a").capacity = 1;
    rig.exporter("b").capacity = 1;
    rig.pipeline("traces", "in", "", "a,b").start();

    assertThat(rig.send("in", 1).said).containsExactly("accepted");

    await().until(() -> rig.exporter("a").heldItems() + rig.exporter("b").heldItems() == 2);
    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");
  }

  @Test
  void refusesWhenAMandatoryExporterIsFullAndReleasesTheOthers() throws Exception {
    rig.exporter("b").capacity = 0;
    rig.exporter("b").isMandatory = true;
    rig.pipeline("traces", "in", "", "a,b").start();

    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");

    assertThat(enqueueFailed("a")).isZero();
    assertThat(enqueueFailed("b")).isOne();

    assertThat(rig.exporter("a").reserved()).isZero();
    assertNothingLeft();
  }

  private long enqueueFailed(String exporter) {
    return rig.metric(
        "otelcol_exporter_enqueue_failed_spans", "exporter=\"%s\"".formatted(exporter));
  }

  @Test
  void makesEveryExporterMandatoryWhereTheSenderWaitsForDelivery() throws Exception {
    rig.exporter("b").capacity = 0;
    rig.pipeline("traces", "in", "", "a,b", AckLevel.DELIVERED).start();

    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");

    assertNothingLeft();
  }

  @Test
  void keepsTheReservationsWhileTheBatchIsInTheRing() throws Exception {
    blockRingOf("out");
    CountingAdmission admission = new CountingAdmission(null);
    rig.onProcessor = p -> p.admission = admission;
    rig.pipeline("traces", "in", "p", "out").start();

    rig.send("in", 1);
    assertThat(rig.exporter("out").reserved()).isOne();
    assertThat(admission.reserved).hasValue(1);

    gate.countDown();
    await().until(() -> rig.exporter("out").reserved() == 0 && admission.reserved.get() == 0);
  }

  @Test
  void saysThatARequestIsTooLargeOnlyWhenItCanNeverFit() throws Exception {
    rig.exporter("out").capacity = 0;
    rig.exporter("out").whenFull = Settlement.rejected(Settlement.TOO_LARGE);
    rig.pipeline("traces", "in", "", "out").start();

    assertThat(rig.send("in", 1).said).containsExactly("too large too_large");

    assertNothingLeft();
  }

  @Test
  void hopesForTheExporterThatMayHaveRoomLater() throws Exception {
    rig.exporter("a").capacity = 0;
    rig.exporter("a").whenFull = Settlement.rejected(Settlement.TOO_LARGE);
    rig.exporter("b").capacity = 0;
    rig.pipeline("traces", "in", "", "a,b").start();

    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");
  }

  @Test
  void refusesAndReleasesEverythingWhenAnAdmissionThrows() throws Exception {
    rig.onProcessor =
        p ->
            p.admission =
                (signal, items, bytes, context) -> {
                  throw new IllegalStateException("bug");
                };
    rig.pipeline("traces", "in", "p", "out").start();
    FakeReply reply = new FakeReply();

    assertThatThrownBy(() -> rig.send("in", Rig.spans(1, new byte[0]), reply)).hasMessage("bug");

    assertThat(reply.said).containsExactly("refused internal_error");
    assertNothingLeft();
  }

  @Test
  void waitsForTheEndWhereTheSenderAskedForDelivery() throws Exception {
    rig.pipeline("traces", "in", "", "out", AckLevel.DELIVERED).start();

    FakeReply delivered = rig.send("in", 2);
    await().until(() -> rig.exporter("out").heldItems() == 2);
    assertThat(delivered.said).isEmpty();
    rig.exporter("out").settleAll(Settlement.DELIVERED);
    assertThat(delivered.said).containsExactly("accepted");

    FakeReply refused = rig.send("in", 3);
    await().until(() -> rig.exporter("out").heldItems() == 3);
    rig.exporter("out").settleAll(Settlement.refused("retries_exhausted", 9_000_000_000L));
    assertThat(refused.said).containsExactly("refused retries_exhausted");
    assertThat(refused.retryAfterNanos).isEqualTo(9_000_000_000L);

    FakeReply rejected = rig.send("in", 4);
    await().until(() -> rig.exporter("out").heldItems() == 4);
    rig.exporter("out").settleAll(Settlement.rejected("permanent_error"));
    assertThat(rejected.said).containsExactly("rejected permanent_error");

    assertThat(rig.metric("otelcol_receiver_accepted_spans", GRPC)).isEqualTo(2);
    assertThat(rig.metric("otelcol_receiver_refused_spans", GRPC)).isEqualTo(7);
    assertThat(rig.items("traces", "out", "returned", "retries_exhausted")).isEqualTo(3);
    assertThat(rig.items("traces", "out", "returned", "permanent_error")).isEqualTo(4);
    assertNothingLeft();
  }

  @Test
  void waitsForDeliveryWhenAllExportersDo() throws Exception {
    rig.exporter("a").waitsForResult = true;
    rig.exporter("b").waitsForResult = true;
    rig.pipeline("traces", "in", "", "a,b").pipeline("traces/2", "in2", "", "a,c").start();

    FakeReply waiting = rig.send("in", 1);
    FakeReply told = rig.send("in2", 1);

    assertThat(waiting.said).isEmpty();
    assertThat(told.said).containsExactly("accepted");
  }

  @Test
  void waitsForNoDeliveryBehindAProcessorThatHolds() throws Exception {
    rig.exporter("a").waitsForResult = true;
    rig.processorsHold = true;
    rig.pipeline("traces", "in", "holding", "a").start();

    assertThat(rig.send("in", 1).said).containsExactly("accepted");
  }

  @Test
  void answersWhenTheAwaitedPipelinesEndAndReleasesWhenAllHave() throws Exception {
    rig.pipeline("traces/a", "in", "", "a", AckLevel.DELIVERED)
        .pipeline("traces/b", "in", "", "b")
        .start();
    FakeReply reply = rig.send("in", 1);
    await().until(() -> rig.exporter("a").heldItems() + rig.exporter("b").heldItems() == 2);

    rig.exporter("a").settleAll(Settlement.DELIVERED);
    assertThat(reply.said).containsExactly("accepted");
    assertThat(rig.budget.used()).isEqualTo(Rig.RESERVED_BYTES);

    rig.exporter("b").settleAll(Settlement.refused("late", 0));
    assertThat(reply.said).containsExactly("accepted");
    assertThat(rig.items("traces/b", "b", "dropped", "late")).isOne();
    assertNothingLeft();
  }

  @Test
  void givesAllPipelinesTheSameBytesAndTheSameArrival() throws Exception {
    rig.pipeline("traces/a", "in", "", "a").pipeline("traces/b", "in", "", "b").start();

    rig.send("in", 1);

    await().until(() -> rig.exporter("a").heldItems() + rig.exporter("b").heldItems() == 2);
    OtlpBatch a = rig.exporter("a").taken().getFirst();
    OtlpBatch b = rig.exporter("b").taken().getFirst();
    assertThat(a.bytes()).isSameAs(b.bytes());
    assertThat(a.arrival()).isSameAs(b.arrival());
    assertThat(a.arrival().nanos()).isEqualTo(rig.clock.nanos());
    assertThat(a.arrival().unixNanos()).isEqualTo(rig.clock.unixNanos());
  }

  @Test
  void countsWhatWasRefusedUnread() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    FakeReply reply = new FakeReply();

    rig.door("in").refuseUnread(Signal.TRACES, "grpc", reply);

    assertThat(reply.said).containsExactly("refused memory_full");
    assertThat(reply.retryAfterNanos).isPositive();
    assertThat(rig.metric("otelcol_receiver_refused_spans", GRPC)).isOne();
  }

  @Test
  void countsWhatCouldNotBeRead() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    FakeReply reply = new FakeReply();

    rig.door("in").rejectUnreadable(Signal.TRACES, "grpc", "no JSON", reply);

    assertThat(reply.said).containsExactly("rejected no JSON");
    assertThat(rig.metric("otelcol_receiver_failed_spans", GRPC)).isOne();
  }

  @Test
  void takesOnlyTheSignalsOfItsPipelines() throws Exception {
    rig.pipeline("traces", "in", "", "out").pipeline("logs", "other", "", "out").start();
    FakeReply reply = new FakeReply();

    assertThat(rig.door("in").takes(Signal.TRACES)).isTrue();
    assertThat(rig.door("in").takes(Signal.LOGS)).isFalse();
    rig.door("in").refuseUnread(Signal.LOGS, "grpc", reply);
    assertThat(reply.said).containsExactly("rejected no pipeline takes logs");
  }

  private void blockRingOf(String exporter) {
    rig.exporter(exporter).onConsume =
        batch -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
  }

  /** Fills the ring behind a receiver whose exporter blocks. */
  private void fill(String receiver) {
    for (int i = 0; i < PipelineBuilder.RING_SLOTS; i++) {
      assertThat(rig.send(receiver, 1).said).containsExactly("accepted");
    }
  }

  private void assertNothingLeft() {
    assertThat(rig.budget.used()).isZero();
    await().until(() -> rig.metric("millrace_ring_size", "pipeline=\"traces\"") == 0);
  }

  /** Gives one answer and counts what it holds. */
  private static final class CountingAdmission implements Admission {
    final AtomicInteger reserved = new AtomicInteger();
    private final @Nullable Settlement answer;

    CountingAdmission(@Nullable Settlement answer) {
      this.answer = answer;
    }

    @Override
    public @Nullable Settlement reserve(
        Signal signal, int items, int bytes, RequestContext context) {
      if (answer == null) {
        reserved.addAndGet(items);
      }
      return answer;
    }

    @Override
    public void release(Signal signal, int items, int bytes) {
      reserved.addAndGet(-items);
    }
  }
}
