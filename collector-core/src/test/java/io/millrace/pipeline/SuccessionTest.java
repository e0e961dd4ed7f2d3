package io.millrace.pipeline;

import static io.millrace.pipeline.Rig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ComponentContext;
import io.millrace.component.Listener;
import io.millrace.pdata.Settlement;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One graph in the place of another. */
class SuccessionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String EDGE = "{exporter=\"out\",pipeline=\"traces\"}";
  private static final Settlement GIVEN_UP = Settlement.dropped("shutdown");

  private final Rig rig = new Rig();
  private final MetricRegistry nextMetrics = new MetricRegistry(MetricLevel.DETAILED, rig.totals);

  @Test
  void leavesReceiversAndExtensionsRunningThatHaveNotChanged() throws Exception {
    rig.extension("ext").pipeline("traces", "in", "", "out").start();
    rig.lifecycle.clear();

    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    next.start();
    rig.graph().shutdown(TIMEOUT);

    assertThat(rig.lifecycle).containsExactly("start exporter other", "shutdown exporter out");
    rig.lifecycle.clear();
    next.shutdown(TIMEOUT);
    assertThat(rig.lifecycle)
        .containsExactly(
            "stopping extension ext",
            "shutdown receiver in",
            "shutdown exporter other",
            "shutdown extension ext");
  }

  @Test
  void bringsRequestsToTheNewPipelinesFromThenOn() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.send("in", 1);
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    rig.send("in", 2);

    next.start();
    rig.send("in", 4);
    rig.graph().shutdown(TIMEOUT);
    next.shutdown(TIMEOUT);

    assertThat(rig.exporter("out").heldItems()).isEqualTo(3);
    assertThat(rig.exporter("other").heldItems()).isEqualTo(4);
  }

  @Test
  void losesNothingThatIsAcceptedWhileTheDoorMoves() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger accepted = new AtomicInteger();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> {
          while (!isOver.get()) {
            accepted.addAndGet(rig.send("in", 1).said.equals(List.of("accepted")) ? 1 : 0);
          }
        });
    await().until(() -> accepted.get() > 100);

    next.start();
    rig.graph().shutdown(TIMEOUT);
    int atTheMove = accepted.get();
    await().until(() -> accepted.get() > atTheMove);
    isOver.set(true);
    sending.join();
    next.shutdown(TIMEOUT);

    assertThat(rig.exporter("out").heldItems() + rig.exporter("other").heldItems())
        .isEqualTo(accepted.get());
  }

  @Test
  void countsAReceiversRequestsOnAcrossTheMove() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.send("in", 1);
    PipelineGraph next = rig.buildNext(nextMetrics);
    next.start();
    rig.graph().shutdown(TIMEOUT);

    rig.send("in", 2);

    assertThat(PrometheusText.write(nextMetrics))
        .contains("otelcol_receiver_accepted_spans{receiver=\"in\",transport=\"grpc\"} 3\n");
    next.shutdown(TIMEOUT);
  }

  @Test
  void sharesThePortsOfWhatItReplacesUntilItHasStarted() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.exporter("out").listeners = List.of(new FakeListener());
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    rig.lifecycle.clear();

    next.start();

    assertThat(rig.lifecycle)
        .containsExactly("offer port", "start exporter other", "withdraw port", "close port");
    rig.graph().shutdown(TIMEOUT);
    next.shutdown(TIMEOUT);
  }

  @Test
  void leavesThePortsAloneWhenItDoesNotStart() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.exporter("out").listeners = List.of(new FakeListener());
    rig.exporter("other").startFailure = new IOException("no such file");
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    rig.lifecycle.clear();

    assertThatThrownBy(next::start).hasMessage("no such file");

    assertThat(rig.lifecycle)
        .containsExactly("offer port", "start exporter other", "withdraw port");
    next.shutdown(TIMEOUT);
    rig.graph().shutdown(TIMEOUT);
  }

  /** Tells of what is asked of it. */
  private final class FakeListener implements Listener {
    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress(1);
    }

    @Override
    public boolean offer() {
      return rig.lifecycle.add("offer port");
    }

    @Override
    public void withdraw() {
      rig.lifecycle.add("withdraw port");
    }

    @Override
    public void close() {
      rig.lifecycle.add("close port");
    }
  }

  @Test
  void goesOnWithTheBooksOfAnEdge() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.send("in", 3);
    await().until(() -> rig.exporter("out").heldItems() == 3);
    FakeExporter former = rig.exporter("out");
    rig.exporters.clear();
    PipelineGraph next = rig.buildNext(nextMetrics);
    next.start();
    assertThat(books()).contains(entry("accepted", "", 3), "millrace_held_items" + EDGE + " 3");

    former.onShutdown = () -> former.settleAll(GIVEN_UP);
    rig.graph().shutdown(TIMEOUT);

    assertThat(books())
        .contains(
            entry("accepted", "", 3),
            entry("dropped", "shutdown", 3),
            "millrace_held_items" + EDGE + " 0",
            "millrace_ledger_residual_items" + EDGE + " 0");
    next.shutdown(TIMEOUT);
  }

  @Test
  void showsWhatADrainDropsOfAnEdgeThatIsGone() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.send("in", 3);
    await().until(() -> rig.exporter("out").heldItems() == 3);
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);
    next.start();

    rig.graph().shutdown(TIMEOUT); // the exporter forgets what it holds

    assertThat(books()).contains(entry("dropped", "abandoned", 3));
    rig.exporter("out").settleAll(Settlement.DELIVERED);
    assertThat(books()).contains(entry("delivered", "", 0), entry("accepted", "", 3));
    next.shutdown(TIMEOUT);
  }

  private List<String> books() {
    return PrometheusText.write(nextMetrics).lines().toList();
  }

  private static String entry(String outcome, String reason, int items) {
    return "millrace_items_total{exporter=\"out\",outcome=\"%s\",pipeline=\"traces\",reason=\"%s\",signal=\"traces\"} %d"
        .formatted(outcome, reason, items);
  }

  @Test
  void leavesTheRunningGraphAloneWhenTheNextOneDoesNotStart() throws Exception {
    rig.exporter("other").startFailure = new IOException("no such file");
    rig.extension("ext").pipeline("traces", "in", "", "out").start();
    PipelineGraph next = rig.pipeline("traces", "in", "", "other").buildNext(nextMetrics);

    assertThatThrownBy(next::start).hasMessage("no such file");
    next.shutdown(TIMEOUT);
    rig.send("in", 5);

    await().until(() -> rig.exporter("out").heldItems() == 5);
    assertThat(rig.lifecycle)
        .doesNotContain("shutdown receiver in", "shutdown extension ext", "shutdown exporter out");
    rig.graph().shutdown(TIMEOUT);
    assertThat(rig.lifecycle).contains("shutdown receiver in", "shutdown extension ext");
  }

  @Test
  void makesReceiversAnewWhoseSignalsHaveChanged() throws Exception {
    rig.pipeline("traces", "a", "", "out").pipeline("traces/b", "b", "", "out").start();
    rig.lifecycle.clear();

    PipelineGraph next = rig.pipeline("logs", "a", "", "out").buildNext(nextMetrics);
    next.start();
    assertThat(rig.lifecycle).contains("start receiver a").doesNotContain("start receiver b");
    rig.graph().shutdown(TIMEOUT);
    assertThat(rig.lifecycle).doesNotContain("shutdown receiver b");
    next.shutdown(TIMEOUT);
  }

  @Test
  void makesAllReceiversAnewWhenAnExtensionHasChanged() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    rig.lifecycle.clear();

    PipelineGraph next = rig.extension("ext").buildNext(nextMetrics);
    next.start();

    assertThat(rig.lifecycle).contains("start receiver in");
    rig.graph().shutdown(TIMEOUT);
    next.shutdown(TIMEOUT);
  }

  @Test
  void tellsTheGraphThatRunsOfAReceiverThatCannotGoOn() throws Exception {
    rig.pipeline("traces", "in", "", "out").start();
    ComponentContext context = Objects.requireNonNull(rig.receiverContexts.get("in"));
    PipelineGraph next = rig.buildNext(nextMetrics);
    next.start();
    rig.graph().shutdown(TIMEOUT);

    context.fatal().accept(new IOException("listener died"));

    assertThat(rig.fatal).isEmpty();
    assertThat(rig.nextFatal).hasSize(1);
    next.shutdown(TIMEOUT);
  }
}
