package io.millrace.pipeline;

import static io.millrace.pipeline.Rig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineGraphTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Rig rig = new Rig();

  @Test
  void startsWhatIsDownstreamFirstAndShutsItDownLast() throws Exception {
    rig.extension("ext").pipeline("traces", "in", "p/1,p/2", "out").start();
    assertThat(rig.lifecycle)
        .containsExactly(
            "start extension ext",
            "start exporter out",
            "start processor p/2",
            "start processor p/1",
            "start receiver in",
            "ready extension ext");
    rig.lifecycle.clear();

    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.lifecycle)
        .containsExactly(
            "stopping extension ext",
            "shutdown receiver in",
            "shutdown processor p/1",
            "shutdown processor p/2",
            "shutdown exporter out",
            "shutdown extension ext");
  }

  @Test
  void startsAnExtensionBeforeTheOneThatUsesIt() throws Exception {
    rig.extension("front").extension("back").needs("front", "back").needs("out", "front");
    rig.pipeline("traces", "in", "", "out").start();

    assertThat(rig.lifecycle)
        .startsWith("start extension back", "start extension front", "start exporter out");
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void createsOneExporterPerSignalAndNothingThatNobodyUses() throws Exception {
    rig.pipeline("traces", "in", "", "out")
        .pipeline("traces/2", "in", "", "out")
        .pipeline("logs", "in", "", "out")
        .start();

    assertThat(rig.exportersCreated).as("traces and logs").isEqualTo(2);
    assertThat(rig.exporters).doesNotContainKey("unused");
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void runsProcessorsInTheirOrderAndCountsWhatPassesThem() throws Exception {
    List<String> visited = new ArrayList<>();
    rig.onProcessor =
        p ->
            p.work =
                (batch, out) -> {
                  visited.add(p.name);
                  out.consume(batch);
                };
    rig.pipeline("traces", "in", "p/1,p/2", "out").start();

    rig.send("in", 6);

    await().until(() -> rig.exporter("out").heldItems() == 6);
    assertThat(visited).containsExactly("processor p/1", "processor p/2");
    String labels = "otel_signal=\"traces\",processor=\"p/1\"";
    assertThat(rig.metric("otelcol_processor_incoming_items", labels)).isEqualTo(6);
    assertThat(rig.metric("otelcol_processor_outgoing_items", labels)).isEqualTo(6);
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void ticksTheProcessorsThatWantIt() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    rig.onProcessor =
        p -> {
          p.tickInterval = p.name.endsWith("1") ? Duration.ofMillis(5) : Duration.ZERO;
          p.onTick = () -> ticks.addAndGet(p.name.endsWith("1") ? 1 : 1_000);
        };
    rig.pipeline("traces", "in", "p/1,p/2", "out").start();

    await().until(() -> ticks.get() >= 2);

    rig.graph().shutdown(TIMEOUT);
    assertThat(ticks.get()).isLessThan(1_000);
  }

  @Test
  void deliversWhatIsInTheRingAndInProcessorsBeforeItEnds() throws Exception {
    List<OtlpBatch> kept = new ArrayList<>();
    rig.onProcessor =
        p -> {
          p.work = (batch, out) -> kept.add(batch);
          p.onShutdown = out -> kept.forEach(out::consume);
        };
    rig.pipeline("traces", "in", "p", "out").start();
    for (int i = 0; i < 100; i++) {
      rig.send("in", 1);
    }

    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.exporter("out").heldItems()).isEqualTo(100);
  }

  @Test
  void leavesAComponentBehindThatHangsInShutdown() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    rig.exporter("out").onShutdown =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    rig.extension("ext").pipeline("traces", "in", "", "out,other").start();

    rig.graph().shutdown(Duration.ofMillis(500));

    assertThat(interrupted.getCount()).isZero();
    assertThat(rig.lifecycle)
        .contains("shutdown exporter other")
        .endsWith("shutdown extension ext");
  }

  @Test
  void keepsOthersOutOfAProcessorInWhichTheRingThreadHangs() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    rig.onProcessor =
        p ->
            p.work =
                (batch, out) -> {
                  awaitUninterruptibly(gate);
                  out.consume(batch);
                };
    rig.pipeline("traces", "in", "p", "out").start();
    rig.send("in", 1);
    rig.send("in", 2);

    rig.graph().shutdown(Duration.ofSeconds(1));

    assertThat(rig.lifecycle)
        .doesNotContain("shutdown processor p")
        .contains("shutdown exporter out");
    assertThat(rig.items("traces", "out", "dropped", "shutting_down")).isEqualTo(3);
    gate.countDown();
  }

  @Test
  void goesOnWithTheOthersWhenOneShutdownThrows() throws Exception {
    rig.onProcessor =
        p ->
            p.onShutdown =
                out -> {
                  throw new IllegalStateException("bug");
                };
    rig.pipeline("traces", "in", "p/1,p/2", "out").start();

    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.lifecycle)
        .containsSubsequence(
            "shutdown processor p/1", "shutdown processor p/2", "shutdown exporter out");
  }

  @Test
  void startsNoReceiverWhenAnExporterDoesNotStart() {
    rig.exporter("out").startFailure = new IOException("no such file");
    rig.pipeline("traces", "in", "", "out");

    assertThatThrownBy(rig::start).hasMessage("no such file");

    rig.graph().shutdown(TIMEOUT);
    assertThat(rig.lifecycle)
        .doesNotContain("start receiver in")
        .contains("shutdown receiver in", "shutdown exporter out");
  }

  @Test
  void settlesWhatTheExportersStillHaveWhenTheyDo() throws Exception {
    rig.exporter("out").onShutdown =
        () -> rig.exporter("out").settleAll(Settlement.refused("shutdown", 0));
    rig.pipeline("traces", "in", "", "out").start();
    rig.send("in", 9);

    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.items("traces", "out", "dropped", "shutdown")).isEqualTo(9);
    assertThat(rig.residual("traces", "out")).isZero();
    assertThat(rig.budget.used()).isZero();
  }

  private static void awaitUninterruptibly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
