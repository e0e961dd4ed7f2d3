package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.FakeClock;
import io.millrace.config.PipelineId;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private final FakeClock clock = new FakeClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final FakeExporter a = new FakeExporter("a", new ArrayList<>());
  private final FakeExporter b = new FakeExporter("b", new ArrayList<>());
  private final List<Settlement> settlements = new ArrayList<>();
  private final FailureLog failures =
      new FailureLog(PipelineId.parse("traces"), metrics, new FakeClock());

  @Test
  void givesEveryExporterTheBatchAndSettlesWithTheWorst() {
    fanOut(false).consume(batch(5));

    a.settleAll(Settlement.DELIVERED);
    assertThat(settlements).isEmpty();
    b.settleAll(Settlement.refused("later", 7));

    assertThat(settlements).containsExactly(Settlement.refused("later", 7));
    assertThat(items("a", "delivered", "")).isEqualTo(5);
    assertThat(items("b", "dropped", "later")).isEqualTo(5);
  }

  @Test
  void leavesOutAnOptionalExporterWithoutRoom() {
    a.capacity = 0;

    fanOut(false).consume(batch(5));

    assertThat(a.taken()).isEmpty();
    assertThat(b.taken()).hasSize(1);
    assertThat(items("a", "dropped", "queue_full")).isEqualTo(5);
    assertThat(PrometheusText.write(metrics))
        .contains("otelcol_exporter_enqueue_failed_spans{exporter=\"a\"} 5\n")
        .contains("otelcol_exporter_enqueue_failed_spans{exporter=\"b\"} 0\n");
    b.settleAll(Settlement.DELIVERED);
    assertThat(settlements).containsExactly(Settlement.dropped("queue_full"));
  }

  @Test
  void leavesNobodyOutWhenNobodyHasRoom() {
    a.capacity = 0;
    b.capacity = 0;

    fanOut(false).consume(batch(5));

    assertThat(a.taken()).hasSize(1);
    assertThat(b.taken()).hasSize(1);
  }

  @Test
  void neverLeavesOutAMandatoryExporter() {
    a.capacity = 0;

    fanOut(true).consume(batch(5));

    assertThat(a.taken()).hasSize(1);
    assertThat(b.taken()).hasSize(1);
  }

  @Test
  void neverLeavesOutTheOnlyExporter() {
    a.capacity = 0;

    new FanOut(List.of(branch(a, false)), failures).consume(batch(5));

    assertThat(a.taken()).hasSize(1);
  }

  @Test
  void servesTheOthersWhenOneExporterThrows() {
    a.onConsume =
        batch -> {
          throw new IllegalStateException("bug");
        };
    OtlpBatch batch = batch(5);

    fanOut(false).consume(batch);
    batch.ack().settle(Settlement.PROCESSOR_ERROR); // as the ring may do

    assertThat(items("a", "dropped", "exporter_error")).isEqualTo(5);
    b.settleAll(Settlement.DELIVERED);
    assertThat(items("b", "delivered", "")).isEqualTo(5);
    assertThat(items("b", "dropped", "processor_error")).isZero();
    assertThat(settlements).containsExactly(Settlement.dropped("exporter_error"));
  }

  @Test
  void dropsAJoinedBatchWhoseItemsWereChangedBehindTheAcksBack() {
    OtlpBatch one = batch(2);
    OtlpBatch two = batch(3);
    Ack joined = Ack.join(List.of(new AckShare(one.ack(), 2), new AckShare(two.ack(), 3)));

    OtlpBatch fewer = one.withBytes(new byte[0], 4, joined);
    new Hop(List.of(), fanOut(false), failures).consume(fewer);

    assertThat(a.taken()).isEmpty();
    assertThat(settlements)
        .containsExactly(
            Settlement.dropped("processor_error"), Settlement.dropped("processor_error"));
    assertThat(items("a", "dropped", "processor_error")).isEqualTo(5);
  }

  @Test
  void keepsTheSendersOfAJoinedBatchApart() {
    OtlpBatch one = batch(2);
    OtlpBatch two = batch(3);
    Ack joined = Ack.join(List.of(new AckShare(one.ack(), 2), new AckShare(two.ack(), 3)));
    new FanOut(List.of(branch(a, false)), failures).consume(one.withBytes(new byte[0], 5, joined));

    List<AckShare> shares = a.takeHeld().getFirst().ack().shares(5);
    shares.get(0).ack().settle(Settlement.rejected("poison"));
    shares.get(1).ack().delivered();

    assertThat(settlements).containsExactly(Settlement.rejected("poison"), Settlement.DELIVERED);
    assertThat(items("a", "dropped", "poison")).isEqualTo(2);
    assertThat(items("a", "delivered", "")).isEqualTo(3);
  }

  private final EdgeLedger ledgerA = ledger("a");
  private final EdgeLedger ledgerB = ledger("b");

  private FanOut fanOut(boolean aIsMandatory) {
    return new FanOut(
        List.of(new Branch(a, ledgerA, aIsMandatory), new Branch(b, ledgerB, false)), failures);
  }

  private Branch branch(FakeExporter exporter, boolean isMandatory) {
    return new Branch(exporter, ledgerA, isMandatory);
  }

  private EdgeLedger ledger(String exporter) {
    return new EdgeLedger("traces", exporter, Signal.TRACES, false, metrics, clock);
  }

  private long items(String exporter, String outcome, String reason) {
    Counter counter =
        metrics.counter(
            "millrace_items_total",
            "",
            "pipeline",
            "traces",
            "exporter",
            exporter,
            "signal",
            "traces",
            "outcome",
            outcome,
            "reason",
            reason);
    return counter.value();
  }

  private OtlpBatch batch(int items) {
    Ack ack =
        new CountedAck(
            new PipelineLedger(List.of(ledgerA, ledgerB)), items, 0, 0, Ack.of(settlements::add));
    return new OtlpBatch(
        new byte[0], 0, 0, Signal.TRACES, items, new Arrival(0, 0), RequestContext.EMPTY, ack);
  }
}
