package io.millrace.pipeline;

import static io.millrace.pipeline.Rig.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.telemetry.MetricRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines that lead to pipelines. */
class ConnectorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Rig rig = new Rig();

  @AfterEach
  void shutDown() {
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void bringsItemsToEveryPipelineBehindAndBalancesTheBooksOfAll() throws Exception {
    rig.connector("fwd")
        .pipeline("traces/a", "a", "", "fwd")
        .pipeline("traces/b", "b", "", "fwd,c")
        .pipeline("traces/x", "fwd", "p", "x")
        .pipeline("traces/y", "fwd", "", "y,z")
        .start();

    rig.send("a", 3);
    rig.send("b", 4);

    for (String exporter : List.of("x", "y", "z")) {
      await().until(() -> rig.exporter(exporter).heldItems() == 7);
    }
    await().untilAsserted(() -> assertThat(rig.held("traces/a", "fwd")).isEqualTo(3));
    assertBalanced();
    for (String exporter : List.of("x", "y", "z", "c")) {
      rig.exporter(exporter).settleAll(Settlement.DELIVERED);
    }
    assertThat(rig.items("traces/a", "fwd", "delivered", "")).isEqualTo(3);
    assertThat(rig.items("traces/x", "x", "delivered", "")).isEqualTo(7);
    assertBalanced();
    assertThat(rig.held("traces/a", "fwd")).isZero();
    assertThat(rig.budget.used()).isZero();
  }

  private void assertBalanced() {
    for (String edge : List.of("a,fwd", "b,fwd", "b,c", "x,x", "y,y", "y,z")) {
      String[] ends = edge.split(",", -1);
      assertThat(rig.residual("traces/" + ends[0], ends[1])).as("items of %s", edge).isZero();
      assertThat(rig.residualBytes("traces/" + ends[0], ends[1])).as("bytes %s", edge).isZero();
    }
  }

  @Test
  void refusesAtTheDoorWhatHasNoRoomBehind() throws Exception {
    rig.exporter("out").capacity = 1;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();

    assertThat(rig.send("in", 1).said).containsExactly("accepted");
    await().until(() -> rig.exporter("out").heldItems() == 1);

    assertThat(rig.send("in", 2).said).containsExactly("refused queue_full");
    await().until(() -> rig.exporter("out").reserved() == 0);
    rig.exporter("out").settleAll(Settlement.DELIVERED);
    assertThat(rig.send("in", 3).said).containsExactly("accepted");
  }

  @Test
  void letsTheSenderWaitForThePipelinesBehind() throws Exception {
    rig.exporter("out").waitsForResult = true;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();

    FakeReply reply = rig.send("in", 2);
    await().until(() -> rig.exporter("out").heldItems() == 2);
    assertThat(reply.said).isEmpty();
    rig.exporter("out").settleAll(Settlement.rejected("poison"));

    assertThat(reply.said).containsExactly("rejected poison");
    assertThat(rig.items("traces/in", "fwd", "returned", "poison")).isEqualTo(2);
    assertThat(rig.items("traces", "out", "returned", "poison")).isEqualTo(2);
  }

  @Test
  void validatesAsDeeplyAsThePipelinesBehindNeed() throws Exception {
    rig.exporter("out").requires = Validation.DEEP;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();
    FakeReply reply = new FakeReply();

    rig.send("in", Rig.spans(1, new byte[] {0x0a, 1, 7}), reply);

    assertThat(reply.said)
        .as("a trace id of one byte")
        .singleElement()
        .asString()
        .startsWith("rejected");
  }

  @Test
  void countsWhatIsHeldBehindAsDeliveredBefore() throws Exception {
    rig.processorsHold = true;
    rig.onProcessor = p -> p.work = (batch, out) -> batch.ack().settle(Settlement.HELD);
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "p", "out")
        .start();

    rig.send("in", 5);

    await().until(() -> rig.items("traces/in", "fwd", "delivered", "") == 5);
    assertThat(rig.residual("traces/in", "fwd")).isZero();
    assertThat(rig.items("traces", "out", "accepted", "")).isEqualTo(5);
  }

  @Test
  void flushesWhatIsHeldBeforeThroughThePipelineBehind() throws Exception {
    rig.onProcessor =
        p -> {
          List<OtlpBatch> kept = new ArrayList<>();
          p.work = (batch, out) -> kept.add(batch);
          p.onShutdown = out -> kept.forEach(out::consume);
        };
    rig.connector("fwd")
        .pipeline("traces", "fwd", "q", "out")
        .pipeline("traces/in", "in", "p", "fwd")
        .start();
    rig.send("in", 2);
    rig.send("in", 3);

    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.exporter("out").heldItems()).isEqualTo(5);
    assertThat(rig.lifecycle).containsSubsequence("shutdown processor p", "shutdown processor q");
  }

  @Test
  void keepsTheRoomBehindUntilTheBatchIsThere() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    rig.exporter("out").capacity = 2;
    rig.onProcessor =
        p ->
            p.work =
                (batch, out) -> {
                  awaitUninterruptibly(gate);
                  out.consume(batch);
                };
    rig.connector("fwd")
        .pipeline("traces/a", "a", "p", "fwd")
        .pipeline("traces/b", "b", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();

    rig.send("a", 1);
    rig.send("a", 1);

    assertThat(rig.send("b", 1).said).containsExactly("refused queue_full");
    gate.countDown();
    await().until(() -> rig.exporter("out").reserved() == 0);
    assertThat(rig.exporter("out").taken()).hasSize(2);
  }

  @Test
  void asksProcessorsBehindAtTheDoor() throws Exception {
    rig.onProcessor =
        p ->
            p.admission =
                (signal, items, bytes, context) ->
                    items > 1 ? Settlement.refused("memory_full", 0) : null;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "p", "out")
        .start();

    assertThat(rig.send("in", 2).said).containsExactly("refused memory_full");
    assertThat(rig.send("in", 1).said).containsExactly("accepted");
  }

  @Test
  void leavesOutABranchBehindThatIsFullAsLongAsAnotherHasRoom() throws Exception {
    rig.exporter("dead").capacity = 1;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "dead,out")
        .start();

    rig.send("in", 1);
    await().until(() -> rig.exporter("dead").heldItems() == 1);
    assertThat(rig.send("in", 2).said).containsExactly("accepted");
    await().until(() -> rig.exporter("out").heldItems() == 3);
    rig.exporter("out").settleAll(Settlement.DELIVERED);

    assertThat(rig.items("traces", "out", "delivered", "")).isEqualTo(3);
    assertThat(rig.items("traces", "dead", "dropped", "queue_full")).isEqualTo(2);
    assertThat(rig.items("traces/in", "fwd", "dropped", "queue_full")).isEqualTo(2);
    await().untilAsserted(() -> assertThat(rig.held("traces/in", "fwd")).isOne());
    assertThat(rig.residual("traces/in", "fwd")).isZero();
  }

  @Test
  void leavesOutAPipelineBehindThatIsFullAsLongAsAnotherHasRoom() throws Exception {
    rig.exporter("dead").capacity = 1;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces/x", "fwd", "", "dead")
        .pipeline("traces/y", "fwd", "", "out")
        .start();

    rig.send("in", 1);
    await().until(() -> rig.exporter("dead").heldItems() == 1);
    assertThat(rig.send("in", 2).said).containsExactly("accepted");
    await().until(() -> rig.exporter("out").heldItems() == 3);

    assertThat(rig.exporter("dead").heldItems()).isOne();
    assertThat(rig.items("traces/x", "dead", "dropped", "queue_full")).isEqualTo(2);
    assertThat(rig.residual("traces/x", "dead")).isZero();
  }

  @Test
  void nobodyWaitsForAnExporterBehindThatWouldLetThem() throws Exception {
    rig.exporter("direct").waitsForResult = true;
    rig.exporter("direct").capacity = 0;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd,queued")
        .pipeline("traces", "fwd", "", "direct")
        .start();

    assertThat(rig.send("in", 2).said).containsExactly("accepted");
    await().until(() -> rig.exporter("queued").heldItems() == 2);
    assertThat(rig.items("traces", "direct", "returned", "queue_full")).isZero();
    assertThat(rig.items("traces/in", "fwd", "dropped", "queue_full")).isEqualTo(2);
  }

  @Test
  void refusesWhenAMandatoryExporterBehindIsFull() throws Exception {
    rig.exporter("must").isMandatory = true;
    rig.exporter("must").capacity = 0;
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd,out")
        .pipeline("traces", "fwd", "", "must")
        .start();

    assertThat(rig.send("in", 1).said).containsExactly("refused queue_full");
    assertThat(rig.exporter("out").reserved()).isZero();
  }

  @Test
  void tellsInTheBooksBehindWhatTheSenderWaitedForInVain() throws Exception {
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd", AckLevel.DELIVERED)
        .pipeline("traces", "fwd", "", "out")
        .start();

    FakeReply reply = rig.send("in", 2);
    await().until(() -> rig.exporter("out").heldItems() == 2);
    rig.exporter("out").settleAll(Settlement.refused("unavailable", 0));

    assertThat(reply.said).containsExactly("refused unavailable");
    assertThat(rig.items("traces", "out", "returned", "unavailable")).isEqualTo(2);
  }

  @Test
  void letsOneThreadAtATimeIntoAProcessorBehind() throws Exception {
    int each = 300;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    rig.onProcessor =
        p -> {
          p.tickInterval = Duration.ofMillis(1);
          p.onTick = () -> visit(inside, most);
          p.work =
              (batch, out) -> {
                visit(inside, most);
                out.consume(batch);
              };
        };
    rig.connector("fwd")
        .pipeline("traces/a", "a", "", "fwd")
        .pipeline("traces/b", "b", "", "fwd")
        .pipeline("traces", "fwd,c", "p", "out")
        .start();

    List<CompletableFuture<Void>> senders =
        Stream.of("a", "b", "c")
            .map(receiver -> CompletableFuture.runAsync(() -> sendAll(receiver, each)))
            .toList();
    senders.forEach(CompletableFuture::join);

    await().until(() -> rig.exporter("out").heldItems() == 3L * each);
    assertThat(most).hasValue(1);
  }

  private void sendAll(String receiver, int requests) {
    for (int accepted = 0; accepted < requests; ) {
      accepted += rig.send(receiver, 1).said.equals(List.of("accepted")) ? 1 : 0;
    }
  }

  private static void visit(AtomicInteger inside, AtomicInteger most) {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    inside.decrementAndGet();
  }

  @Test
  void ticksProcessorsBehind() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    rig.onProcessor =
        p -> {
          p.tickInterval = Duration.ofMillis(1);
          p.onTick = ticks::incrementAndGet;
        };
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "p", "out")
        .start();

    await().until(() -> ticks.get() > 2);
  }

  @Test
  void keepsTheContextOfTheSender() throws Exception {
    RequestContext context =
        new RequestContext(Map.of("x-tenant", List.of("shop")), Map.of(), "127.0.0.1:9");
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();

    rig.send("in", Rig.spans(1, new byte[0]), context, new FakeReply());

    await().until(() -> rig.exporter("out").heldItems() == 1);
    assertThat(rig.exporter("out").taken().getFirst().context()).isEqualTo(context);
  }

  @Test
  void countsWhatAnErrorBehindCosts() throws Exception {
    rig.onProcessor =
        p ->
            p.work =
                (batch, out) -> {
                  throw new StackOverflowError("expected by the test");
                };
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces/p", "fwd", "p", "x")
        .pipeline("traces/q", "fwd", "", "y")
        .start();

    rig.send("in", 2);

    await().until(() -> rig.items("traces/in", "fwd", "dropped", "processor_error") == 2);
    assertThat(rig.items("traces/p", "x", "dropped", "processor_error")).isEqualTo(2);
    assertThat(rig.items("traces/q", "y", "dropped", "processor_error")).isEqualTo(2);
    assertThat(rig.budget.used()).isZero();
  }

  @Test
  void movesToOtherPipelinesWithAReload() throws Exception {
    rig.connector("fwd")
        .pipeline("traces/in", "in", "", "fwd")
        .pipeline("traces", "fwd", "", "out")
        .start();
    rig.send("in", 1);
    PipelineGraph next = rig.pipeline("traces", "fwd", "", "other").buildNext(new MetricRegistry());

    next.start();
    rig.send("in", 2);
    rig.graph().shutdown(TIMEOUT);
    next.shutdown(TIMEOUT);

    assertThat(rig.exporter("out").heldItems()).isOne();
    assertThat(rig.exporter("other").heldItems()).isEqualTo(2);
  }

  private static void awaitUninterruptibly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
