package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Consumer;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedAckTest {
  private static final Settlement FILTERED = Settlement.dropped("filtered");
  private static final Consumer FIRST = batch -> {};
  private static final Consumer SECOND = batch -> {};
  private static final Settlement LAST_RESORT = Settlement.dropped("processor_error");

  private final RecordingTally tally = new RecordingTally();
  private final List<Settlement> told = new ArrayList<>();
  private final Ack ack = new CountedAck(tally, 10, 1000, 0, Ack.of(told::add));

  @Test
  void countsItsItemsOnce() {
    ack.delivered();
    ack.settle(LAST_RESORT);

    assertThat(tally.ended).containsExactly("10 DELIVERED");
    assertThat(told).containsExactly(Settlement.DELIVERED);
  }

  @Test
  void endingsGoOnWithTheItemsPastThePipeline() {
    List<String> ended = new ArrayList<>();
    ack.atEnd(() -> ended.add("charge"));
    Ack beyond = passOn(ack, 10);

    assertThat(ended).isEmpty();
    beyond.delivered();
    assertThat(ended).containsExactly("charge");
  }

  @Test
  void countsEachPieceOfASplit() {
    List<Ack> pieces = ack.split(4, 0, 6);

    pieces.get(0).delivered();
    pieces.get(2).settle(FILTERED);

    assertThat(tally.ended).containsExactly("4 DELIVERED", "6 DROPPED filtered");
    assertThat(told).containsExactly(FILTERED);
  }

  @Test
  void countsWhatAProcessorTookOut() {
    BitSet kept = new BitSet();
    kept.set(0, 7);

    Ack rest = ack.retain(kept, 10, FILTERED);
    assertThat(tally.ended).containsExactly("3 DROPPED filtered");

    rest.delivered();
    assertThat(tally.ended).containsExactly("3 DROPPED filtered", "7 DELIVERED");
  }

  @Test
  void countsWhatIsDealtOutWithoutCopies() {
    BitSet odd = BitSet.valueOf(new long[] {0b10_1010_1010});
    BitSet even = BitSet.valueOf(new long[] {0b01_0101_0101});

    List<Ack> ways = ack.deal(List.of(odd, even), 10);
    assertThat(ways).extracting(Ack::bytes).containsExactly(500L, 500L);
    ways.getFirst().delivered();
    ways.getLast().settle(FILTERED);

    assertThat(tally.generated).isZero();
    assertThat(tally.ended).containsExactly("5 DELIVERED", "5 DROPPED filtered");
    assertThat(told).containsExactly(FILTERED);
  }

  @Test
  void staysItselfWhenNothingWasTakenOut() {
    BitSet kept = new BitSet();
    kept.set(0, 10);

    assertThat(ack.retain(kept, 10, FILTERED)).isSameAs(ack);
    assertThat(ack.split(10)).containsExactly(ack);
  }

  /** Scenario: an Error ends a batch as a whole, and a processor holds a piece of it. */
  @Test
  void countsAnewWhatGoesOnThoughTheWholeWasEnded() {
    List<Ack> pieces = ack.split(4, 6);
    ack.settle(LAST_RESORT);

    Ack joined = Ack.join(List.of(new AckShare(pieces.getFirst(), 4)));
    passOn(joined, 4).delivered();

    assertThat(tally.ended)
        .containsExactly("4 DROPPED processor_error", "6 DROPPED processor_error");
    assertThat(tally.generated).isEqualTo(4);
    assertThat(told).containsExactly(LAST_RESORT);
  }

  @Test
  void countsNothingAnewThatWasHeld() {
    ack.settle(Settlement.HELD);
    passOn(ack, 10);

    assertThat(tally.generated).isZero();
  }

  @Test
  void countsTheCopiesOfAFork() {
    List<Ack> ways = ack.fork(3);

    ways.forEach(Ack::delivered);

    assertThat(tally.generated).isEqualTo(20);
    assertThat(tally.ended).containsExactly("10 DELIVERED", "10 DELIVERED", "10 DELIVERED");
    assertThat(told).containsExactly(Settlement.DELIVERED);
  }

  @Test
  void leavesItsEndToTheNextAckOnceTheBatchWasPassedOn() {
    Ack next = passOn(ack, 10);

    ack.settle(LAST_RESORT);
    assertThat(told).isEmpty();
    next.delivered();

    assertThat(tally.ended).isEmpty();
    assertThat(told).containsExactly(Settlement.DELIVERED);
  }

  @Test
  void endsAsALastResortOnlyThePiecesThatAreStillInside() {
    List<Ack> pieces = ack.split(1, 2, 7);
    pieces.get(0).delivered();
    Ack outside = passOn(pieces.get(1), 2);

    ack.settle(LAST_RESORT);
    assertThat(tally.ended).containsExactly("1 DELIVERED", "7 DROPPED processor_error");
    assertThat(told).isEmpty();

    outside.delivered();
    assertThat(told).containsExactly(LAST_RESORT);
  }

  @Test
  void leavesWhatWasPassedOnToTheNextStage() {
    CountedAck.enter(ack, FIRST);
    List<Ack> pieces = ack.split(4, 6);
    CountedAck.enter(pieces.getFirst(), SECOND);

    CountedAck.endIn(ack, FIRST, LAST_RESORT);
    assertThat(tally.ended).containsExactly("6 DROPPED processor_error");

    passOn(Ack.join(List.of(new AckShare(pieces.getFirst(), 4))), 4).delivered();
    assertThat(tally.ended).hasSize(1);
    assertThat(tally.generated).isZero();
    assertThat(told).containsExactly(LAST_RESORT);
  }

  @Test
  void endsAJoinedBatchWhereItIs() {
    Ack other = new CountedAck(tally, 2, 20, 0, Ack.of(told::add));
    Ack joined = Ack.join(List.of(new AckShare(ack, 10), new AckShare(other, 2)));
    CountedAck.enter(joined, FIRST);
    CountedAck.enter(other, SECOND);

    CountedAck.endIn(joined, FIRST, LAST_RESORT);

    assertThat(tally.ended).containsExactly("10 DROPPED processor_error");
    assertThat(told).containsExactly(LAST_RESORT);
  }

  @Test
  void sharesOutItsBytesByItems() {
    assertThat(ack.split(3, 0, 7)).extracting(Ack::bytes).containsExactly(300L, 0L, 700L);
  }

  @Test
  void sharesOutItsBytesByTheLengthsOfThePieces() {
    List<Ack> pieces = ack.split(new int[] {9, 1}, new int[] {90, 1910});

    pieces.getLast().settle(FILTERED);

    assertThat(pieces).extracting(Ack::bytes).containsExactly(45L, 955L);
    assertThat(tally.bytes).isEqualTo(955);
  }

  @Test
  void countsTheBytesOfCopiesAsGenerated() {
    assertThat(ack.fork(3)).extracting(Ack::bytes).containsExactly(1000L, 1000L, 1000L);
    assertThat(tally.generatedBytes).isEqualTo(2000);
  }

  /**
   * Scenario: a processor copies what it gets, holds it, and sends it on with some of it dropped.
   *
   * <p>Guarantees: the sender hears of the first end alone; the books hear of what came later.
   */
  @Test
  void leavesTheBooksToTheHeirsOfWhatIsHeld() {
    List<Settlement> toldToHolder = new ArrayList<>();
    Ack kept = ack.heir(7, 700, Ack.of(toldToHolder::add));
    Ack lost = ack.heir(3, 300, Ack.of(toldToHolder::add));

    ack.settle(Settlement.HELD);
    kept.delivered();
    lost.settle(FILTERED);

    assertThat(told).containsExactly(Settlement.HELD);
    assertThat(toldToHolder).containsExactly(Settlement.DELIVERED, FILTERED);
    assertThat(tally.ended).containsExactly("10 HELD", "7 DELIVERED", "3 DROPPED filtered");
  }

  @Test
  void findsTheBooksOfAJoinedBatch() {
    Ack joined = Ack.join(List.of(new AckShare(ack, 10), new AckShare(Ack.of(told::add), 2)));

    joined.heir(12, 0, Ack.of(told::add)).delivered();

    assertThat(tally.ended).containsExactly("12 DELIVERED");
  }

  /** Lets a batch leave the pipeline on an edge that counts nothing. */
  private static Ack passOn(Ack ack, int items) {
    return CountedAck.fanOut(ack, items, List.of(new RecordingTally())).getFirst();
  }

  private static final class RecordingTally implements Tally {
    final List<String> ended = new ArrayList<>();
    int generated;
    long bytes;
    long generatedBytes;

    @Override
    public void ended(int items, long itsBytes, Settlement settlement) {
      bytes += itsBytes;
      ended.add((items + " " + settlement.kind() + " " + settlement.reason()).strip());
    }

    @Override
    public void generated(int items, long itsBytes) {
      generated += items;
      generatedBytes += itsBytes;
    }
  }
}
