package io.millrace.testkit;

import static io.millrace.pdata.Settlement.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import org.junit.jupiter.api.Test;

final class FakeConsumersTest {
  private static final Settlement FULL = Settlement.refused("full", 5);
  private static final Settlement MALFORMED = Settlement.rejected("malformed");

  private final AckLedger ledger = new AckLedger();
  private final OtlpBatch one = ledger.watch(OtlpSamples.spans(1));
  private final OtlpBatch two = ledger.watch(OtlpSamples.logs(2));

  @Test
  void theSinkKeepsAndDelivers() {
    SinkConsumer sink = new SinkConsumer();
    sink.consume(one);
    sink.consume(two);

    assertThat(sink.batches()).containsExactly(one, two);
    assertThat(sink.items()).isEqualTo(3);
    ledger.probes().forEach(probe -> probe.assertSettledOnce(DELIVERED));
  }

  @Test
  void theSinkSettlesByScript() {
    SinkConsumer sink = new SinkConsumer(batch -> batch.items() == 1 ? FULL : null);
    sink.consume(one);
    sink.consume(two);

    assertThat(ledger.probes()).extracting(AckProbe::settlement).containsExactly(FULL, null);
  }

  @Test
  void theHoldingSinkSettlesNothing() {
    SinkConsumer.holding().consume(one);

    assertThat(ledger.unsettled()).hasSize(2);
  }

  @Test
  void theRefusingConsumerGoesRound() {
    RefusingConsumer refusing = new RefusingConsumer(FULL, MALFORMED);
    refusing.consume(one);
    refusing.consume(two);
    refusing.consume(ledger.watch(OtlpSamples.points(1)));

    assertThat(refusing.calls()).isEqualTo(3);
    assertThat(ledger.probes())
        .extracting(AckProbe::settlement)
        .containsExactly(FULL, MALFORMED, FULL);
  }

  @Test
  void theThrowingConsumerSettlesNothingUntilItWorks() {
    SinkConsumer sink = new SinkConsumer();
    ThrowingConsumer throwing = new ThrowingConsumer(1, sink);

    assertThatIllegalStateException().isThrownBy(() -> throwing.consume(one));
    throwing.consume(two);

    assertThat(ledger.probes()).extracting(AckProbe::settlement).containsExactly(null, DELIVERED);
    assertThat(sink.batches()).containsExactly(two);
  }
}
