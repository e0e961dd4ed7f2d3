package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.SpanView;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.OtlpSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of batches that a backend refuses as a whole. */
class IsolationTest {
  private static final SendResult REJECTED = new SendResult.Permanent("INVALID_ARGUMENT");
  private static final SendResult TOO_LARGE = new SendResult.TooLarge("413");

  private final SendingFixture fixture = new SendingFixture(NO_JITTER, queue(4, 1000));
  private final AckLedger ledger = new AckLedger();

  private OtlpBatch joined(int senders, int itemsOfEach) {
    List<OtlpBatch> batches = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      batches.add(ledger.watch(OtlpSamples.spans(itemsOfEach)));
    }
    return OtlpJoiner.join(batches, RequestContext.EMPTY);
  }

  private static Set<String> spanIds(OtlpBatch batch) {
    Set<String> ids = new HashSet<>();
    OtlpWalker walker = new OtlpWalker();
    SpanView span = new SpanView();
    walker.wrap(batch);
    while (walker.nextResource()) {
      while (walker.nextScope()) {
        while (walker.nextRecord(span)) {
          ids.add(new String(span.spanId().copy(), ISO_8859_1));
        }
      }
    }
    return ids;
  }

  /** The backend finds fault with every batch that holds one of these spans. */
  private void poison(Set<String> ids) {
    fixture.backend.script(
        batch -> spanIds(batch).stream().anyMatch(ids::contains) ? REJECTED : SendResult.DELIVERED);
  }

  private List<Settlement.Kind> kinds() {
    return ledger.probes().stream()
        .map(AckProbe::settlement)
        .map(settlement -> settlement == null ? Settlement.Kind.HELD : settlement.kind())
        .toList();
  }

  @Test
  void oneSendersPoisonCostsOnlyThatSender() {
    OtlpBatch good = joined(60, 3);
    OtlpBatch bad = ledger.watch(OtlpSamples.spans(3));
    OtlpBatch moreGood = joined(39, 3);
    poison(spanIds(bad));

    fixture.exporter.consume(OtlpJoiner.join(List.of(good, bad, moreGood), RequestContext.EMPTY));

    ledger.assertAllSettledOnce();
    assertThat(kinds()).containsOnlyOnce(Settlement.Kind.REJECTED);
    assertThat(ledger.probes().get(60).settlement())
        .isEqualTo(Settlement.rejected("permanent_error"));
    assertThat(fixture.backend.calls).hasSizeLessThanOrEqualTo(2 * 7 + 2 + 2 * 2);
    assertThat(fixture.sent()).isEqualTo(99 * 3);
    assertThat(fixture.sendFailed()).isEqualTo(3);
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  @Test
  void deliversEveryItemOfTheOthersOnce() {
    OtlpBatch batch = joined(8, 2);
    Set<String> bad = spanIds(OtlpJoiner.join(List.of(batch), RequestContext.EMPTY));
    String poisoned = bad.iterator().next();
    poison(Set.of(poisoned));
    List<String> delivered = new ArrayList<>();

    fixture.exporter.consume(batch);
    fixture.backend.calls.stream()
        .map(ScriptedSender.Call::batch)
        .filter(piece -> !spanIds(piece).contains(poisoned))
        .forEach(piece -> delivered.addAll(spanIds(piece)));

    assertThat(delivered).doesNotHaveDuplicates().hasSize(15).isSubsetOf(bad);
  }

  /** Scenario: one bad item in a large request of one sender. */
  @Test
  void oneBadItemOfManyCostsOnlyThatItem() {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(8192));
    poison(Set.of(spanIds(batch).iterator().next()));

    fixture.exporter.consume(batch);

    ledger.assertAllSettledOnce();
    assertThat(fixture.sent()).isEqualTo(8191);
    assertThat(fixture.sendFailed()).isOne();
    assertThat(fixture.backend.calls).hasSizeLessThanOrEqualTo(2 * 13 + 2);
  }

  @Test
  void stopsSearchingASendersItemsWhenATwentiethOfThemIsBad() {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(1000));
    Set<String> everyTenth = new HashSet<>();
    int[] index = {0};
    spanIds(batch).stream().sorted().filter(id -> index[0]++ % 10 == 0).forEach(everyTenth::add);
    poison(everyTenth);

    fixture.exporter.consume(batch);

    ledger.assertAllSettledOnce();
    assertThat(fixture.sent() + fixture.sendFailed()).isEqualTo(1000);
    assertThat(fixture.sendFailed()).isBetween(101L, 999L);
    assertThat(fixture.backend.calls).hasSizeLessThan(600);
  }

  @Test
  void asksABackendThatRejectsEverythingNotForEveryItem() {
    fixture.backend.script(batch -> REJECTED);
    fixture.exporter.consume(joined(1, 4096));

    ledger.assertAllSettledOnce();
    assertThat(fixture.backend.calls).hasSizeLessThan(2 * 32 + 2 * 12);
    assertThat(fixture.sendFailed()).isEqualTo(4096);
  }

  @Test
  void triesPiecesOneAtATimeAndLeavesTheOtherSlotsToOthers() {
    fixture.exporter.consume(joined(8, 1));
    fixture.backend.call(0).answer(REJECTED);
    fixture.exporter.consume(ledger.watch(OtlpSamples.spans(1)));

    assertThat(fixture.backend.calls).hasSize(3);
    assertThat(fixture.backend.call(1).batch().items()).isEqualTo(4);
    assertThat(fixture.backend.call(2).batch().items()).isEqualTo(1);
  }

  @Test
  void triesAPieceAgainLikeAnyBatch() {
    fixture.exporter.consume(joined(2, 1));
    fixture.backend.call(0).answer(REJECTED);
    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.backend.call(1).answer(SendingFixture.retryable());
    fixture.time.advance(Duration.ofSeconds(5));

    assertThat(fixture.backend.calls).hasSize(4);
    assertThat(kinds()).containsOnly(Settlement.Kind.DELIVERED);
  }

  /**
   * Scenario: many bad senders in a row, alone and joined, and then one batch with a good one.
   * Guarantees: however many were rejected before, nobody is rejected for another's fault.
   */
  @Test
  void goesOnCuttingHoweverMuchWasRejectedBefore() {
    fixture.backend.script(batch -> REJECTED);
    for (int i = 0; i < 50; i++) {
      fixture.exporter.consume(joined(1, 1));
    }
    fixture.exporter.consume(joined(60, 1));
    OtlpBatch good = ledger.watch(OtlpSamples.spans(3));
    Set<String> goodIds = spanIds(good);
    fixture.backend.script(
        batch -> goodIds.containsAll(spanIds(batch)) ? SendResult.DELIVERED : REJECTED);

    fixture.exporter.consume(OtlpJoiner.join(List.of(joined(60, 1), good), RequestContext.EMPTY));

    ledger.assertAllSettledOnce();
    assertThat(kinds()).containsOnlyOnce(Settlement.Kind.DELIVERED);
    assertThat(fixture.sent()).isEqualTo(3);
  }

  /**
   * Scenario: every request is rejected, as with a wrong token. Guarantees: the backend gets less
   * than twice the requests that the senders made.
   */
  @Test
  void asksABackendThatRejectsEverythingLessThanTwiceForEachSender() {
    fixture.backend.script(batch -> REJECTED);
    for (int i = 0; i < 5; i++) {
      fixture.exporter.consume(joined(100, 1));
    }

    ledger.assertAllSettledOnce();
    assertThat(kinds()).containsOnly(Settlement.Kind.REJECTED);
    assertThat(fixture.backend.calls).hasSize(5 * (2 * 100 - 1));
  }

  /** Scenario: a proxy in between takes no body at all. */
  @Test
  void asksABackendForWhichEverythingIsTooLargeNotForEveryItem() {
    fixture.backend.script(batch -> TOO_LARGE);
    fixture.exporter.consume(joined(1, 4096));

    ledger.assertAllSettledOnce();
    assertThat(fixture.backend.calls).hasSizeLessThan(2 * 32 + 2 * 12);
    assertThat(fixture.sendFailed()).isEqualTo(4096);
  }

  /**
   * Scenario: a limit so low that no batch fits, with many batches under way. Guarantees: all of
   * them are halved, although nothing has been delivered yet.
   */
  @Test
  void halvesEveryBatchOfMany() {
    SendingFixture busy = new SendingFixture(NO_JITTER, queue(100, 1000));
    for (int i = 0; i < 100; i++) {
      busy.exporter.consume(ledger.watch(OtlpSamples.spans(4)));
    }
    busy.backend.script(batch -> batch.items() > 2 ? TOO_LARGE : SendResult.DELIVERED);
    for (int i = 0; i < 100; i++) {
      busy.backend.call(i).answer(TOO_LARGE);
    }

    ledger.assertAllSettledOnce();
    assertThat(busy.sent()).isEqualTo(400);
  }

  @Test
  void halvesWhatIsTooLargeUntilItFits() {
    fixture.backend.script(batch -> batch.items() > 3 ? TOO_LARGE : SendResult.DELIVERED);
    fixture.exporter.consume(joined(3, 33));

    ledger.assertAllSettledOnce();
    assertThat(kinds()).containsOnly(Settlement.Kind.DELIVERED);
    assertThat(fixture.sent()).isEqualTo(99);
  }

  /** Scenario: the backend takes a third of a batch, and says nothing of its limit. */
  @Test
  void learnsHowLargeARequestMayBeAndForgetsItInTime() {
    int limit = OtlpSamples.spans(4000).length() / 3;
    fixture.backend.script(batch -> batch.length() > limit ? TOO_LARGE : SendResult.DELIVERED);

    fixture.exporter.consume(joined(1, 4000));
    assertThat(fixture.backend.calls).hasSize(1 + 1 + 2 + 2); // the second half is cut beforehand
    fixture.exporter.consume(joined(1, 4000));
    assertThat(fixture.backend.calls).hasSize(6 + 4);
    fixture.time.advance(Duration.ofMinutes(11));
    fixture.exporter.consume(joined(1, 4000));
    assertThat(fixture.backend.calls).hasSize(6 + 4 + 6);

    ledger.assertAllSettledOnce();
    assertThat(fixture.sent()).isEqualTo(12_000);
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  /**
   * Scenario: a batch is cut before it is sent, since requests of half its size are known to be too
   * large, and its pieces between senders, for their size and after a wait.
   *
   * <p>Guarantees: what is held are the bytes that arrived for the items that are here.
   */
  @Test
  void holdsTheBytesThatArrivedHoweverTheyAreCut() {
    int limit = OtlpSamples.spans(4000).length() / 3;
    fixture.backend.script(batch -> batch.length() > limit ? TOO_LARGE : SendResult.DELIVERED);
    fixture.exporter.consume(joined(1, 4000));
    fixture.backend.script(ScriptedSender.SILENT);
    int next = fixture.backend.calls.size();

    OtlpBatch batch = joined(3, 1000);
    fixture.exporter.consume(batch);
    long held = batch.ack().bytes();
    assertThat(fixture.backend.call(next).batch().items()).isLessThan(3000);
    assertThat(fixture.exporter.heldBytes()).isEqualTo(held);
    assertThat(fixture.exporter.heldItems()).isEqualTo(3000);
    for (SendResult answer :
        List.of(REJECTED, TOO_LARGE, SendingFixture.retryable(), SendingFixture.retryable())) {
      fixture.backend.call(next++).answer(answer);
      assertThat(fixture.exporter.heldBytes()).isEqualTo(held);
      fixture.time.advance(Duration.ofSeconds(30));
    }
    for (; next < fixture.backend.calls.size(); next++) {
      held -= fixture.backend.call(next).batch().ack().bytes();
      fixture.backend.call(next).answer(SendResult.DELIVERED);
      assertThat(fixture.exporter.heldBytes()).isEqualTo(held);
    }
    assertThat(held).isZero();
    assertThat(fixture.exporter.heldItems()).isZero();
    ledger.assertAllSettledOnce();
  }

  @Test
  void dropsTheItemThatIsTooLargeAlone() {
    OtlpBatch large = OtlpSamples.spans(1);
    Set<String> largeId = spanIds(large);
    fixture.backend.script(
        batch -> spanIds(batch).containsAll(largeId) ? TOO_LARGE : SendResult.DELIVERED);
    fixture.exporter.consume(
        OtlpJoiner.join(
            List.of(joined(5, 10), ledger.watch(large), joined(5, 10)), RequestContext.EMPTY));

    ledger.assertAllSettledOnce();
    assertThat(ledger.probes().get(5).settlement()).isEqualTo(Settlement.rejected("too_large"));
    assertThat(fixture.sent()).isEqualTo(100);
    assertThat(fixture.sendFailed()).isOne();
  }

  @Test
  void neverCutsProfiles() {
    fixture.backend.script(batch -> TOO_LARGE);
    fixture.exporter.consume(ledger.watch(OtlpSamples.profile()));

    assertThat(fixture.backend.calls).hasSize(1);
  }

  @Test
  void losesNoPieceAtShutdown() {
    fixture.exporter.consume(joined(16, 1));
    fixture.backend.call(0).answer(REJECTED);
    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.backend.call(1).answer(REJECTED);
    Thread.currentThread().interrupt();
    fixture.exporter.shutdown();
    assertThat(Thread.interrupted()).isTrue();

    ledger.assertAllSettledOnce();
    assertThat(fixture.exporter.heldItems()).isZero();
  }
}
