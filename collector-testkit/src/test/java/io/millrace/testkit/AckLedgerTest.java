package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AckLedgerTest {
  private final AckLedger ledger = new AckLedger();

  @Test
  void passesWhenEveryAckWasSettledOnce() {
    ledger.open().delivered();
    ledger.watch(OtlpSamples.spans(1)).ack().settle(Settlement.HELD);

    ledger.assertAllSettledOnce();
    assertThat(ledger.probes())
        .extracting(AckProbe::settlement)
        .containsExactly(Settlement.DELIVERED, Settlement.HELD);
  }

  @Test
  void findsAForgottenAck() {
    ledger.open().delivered();
    AckProbe forgotten = ledger.open();

    assertThat(ledger.unsettled()).containsExactly(forgotten);
    assertThatThrownBy(ledger::assertAllSettledOnce).hasMessageContaining("ack 1=open");
    assertThatThrownBy(() -> ledger.awaitAllSettled(Duration.ofMillis(200)))
        .hasMessageContaining("ack 1=open");
  }

  @Test
  void findsTheSecondSettlementAlsoOfAPieceOfAJoinedFork() {
    AckProbe probe = ledger.open();
    Ack joined = Ack.join(List.of(new AckShare(probe, 2), new AckShare(ledger.open(), 1)));
    List<Ack> pieces = joined.fork(2).get(0).split(1, 2);

    pieces.get(0).delivered();
    pieces.get(0).settle(Settlement.rejected("twice"));

    assertThat(probe.settlement()).isNull();
    assertThat(probe.lateSettlements()).containsExactly(Settlement.rejected("twice"));
    joined.delivered();
    assertThatThrownBy(ledger::assertAllSettledOnce).hasMessageContaining("further settlements");
  }

  @Test
  void tellsTheSettlementsApart() {
    AckProbe probe = ledger.open();
    probe.delivered();

    assertThatThrownBy(() -> probe.assertSettledOnce(Settlement.HELD)).hasMessageContaining("HELD");
  }
}
