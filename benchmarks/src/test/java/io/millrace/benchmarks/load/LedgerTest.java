package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.traffic.Answer;
import io.millrace.testkit.ManualClock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int ITEMS = 10;
  private static final long INTERVAL_NANOS = 1_000;

  /** Four requests, the first of them for warming up. */
  private final Schedule schedule = new Schedule(new ManualClock(), 0, INTERVAL_NANOS, 0, 1, 4);

  private final Ledger ledger = new Ledger(schedule, ITEMS);

  @Test
  void isCompleteWhenAllIsAnsweredAndHasArrived() {
    for (int request = 0; request < 4; request++) {
      assertThat(ledger.isComplete()).isFalse();
      ledger.answered(request, Answer.ACCEPTED);
      ledger.arrived(spansOf(request), 0);
    }

    assertThat(ledger.isComplete()).isTrue();
    assertThat(ledger.totals().lost()).isZero();
    assertThat(ledger.totals().duplicates()).isZero();
  }

  @Test
  void findsTheSpansOfAcceptedRequestsThatDidNotArrive() {
    ledger.answered(0, Answer.ACCEPTED);
    ledger.answered(1, Answer.ACCEPTED);
    ledger.answered(2, Answer.REFUSED);
    ledger.arrived(spansOf(0), 0);
    ledger.arrived(new long[] {ITEMS + 1, ITEMS + 5}, 0);

    assertThat(ledger.totals().lost()).isEqualTo(ITEMS - 2);
  }

  @Test
  void countsRefusalsByReason() {
    ledger.answered(0, Answer.refused(1, "ring_full"));
    ledger.answered(1, Answer.refused(1, "queue_full"));
    ledger.answered(2, Answer.refused(1, "queue_full"));
    ledger.answered(3, Answer.REFUSED);

    assertThat(RefusalReasons.line(ledger.totals().refusals()))
        .isEqualTo("queue_full 2, ring_full 1, without a reason 1");
  }

  @Test
  void boundsHowManyReasonsItKeeps() {
    for (int i = 0; i < 100; i++) {
      ledger.answered(0, Answer.refused(1, "reason " + i));
    }

    assertThat(ledger.totals().refusals()).hasSizeLessThan(20).containsEntry("other", 84L);
  }

  @Test
  void countsSpansThatCameAgain() {
    ledger.arrived(spansOf(0), 0);
    ledger.arrived(new long[] {3, 3, 4}, 0);

    assertThat(ledger.totals().duplicates()).isEqualTo(3);
    assertThat(ledger.arrivals()).isEqualTo(ITEMS + 3);
  }

  @Test
  void countsSpansThatNobodySent() {
    ledger.arrived(new long[] {0, -1, 4 * ITEMS + 1}, 0);

    assertThat(ledger.totals().strangers()).isEqualTo(3);
    assertThat(ledger.arrivals()).isZero();
  }

  @Test
  void tellsAnswersApart() {
    ledger.answered(0, Answer.ACCEPTED);
    ledger.answered(1, Answer.REFUSED);
    ledger.answered(2, Answer.FAILED);

    Ledger.Totals totals = ledger.totals();
    assertThat(totals.acceptedRequests()).isOne();
    assertThat(totals.refusedRequests()).isOne();
    assertThat(totals.failedRequests()).isOne();
    assertThat(totals.unansweredRequests()).isOne();
  }

  @Test
  void tellsTheRefusalsOfTheWarmupApart() {
    ledger.answered(0, Answer.REFUSED);
    ledger.answered(1, Answer.REFUSED);
    ledger.answered(2, Answer.REFUSED);

    assertThat(ledger.totals().coldRefusals()).isOne();
    assertThat(ledger.totals().refusedRequests()).isEqualTo(2);
    assertThat(ledger.totals().unansweredRequests()).isOne();
  }

  @Test
  void latencyCountsFromTheTimeAtWhichTheRequestWasDue() {
    ledger.arrived(spansOf(2), schedule.dueNanos(2) + 500);

    assertThat(ledger.totals().latencyP99Nanos()).isEqualTo(500);
  }

  @Test
  void warmupHasNoLatency() {
    ledger.arrived(spansOf(0), 1_000_000);

    assertThat(ledger.totals().latencyP99Nanos()).isZero();
  }

  private static long[] spansOf(int request) {
    return LongStream.rangeClosed(1, ITEMS).map(i -> (long) request * ITEMS + i).toArray();
  }
}
