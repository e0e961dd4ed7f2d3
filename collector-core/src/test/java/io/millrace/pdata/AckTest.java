package io.millrace.pdata;

import static io.millrace.pdata.Settlement.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AckTest {
  private static final Settlement REFUSED = Settlement.refused("unavailable", 7);
  private static final Settlement REJECTED = Settlement.rejected("malformed");
  private static final Settlement FILTERED = Settlement.dropped("filtered");

  private final Sender ann = new Sender();
  private final Sender bob = new Sender();
  private final Sender cem = new Sender();

  /** Hears every settlement of one root ack, also those that came too late. */
  private static final class Sender extends Ack {
    final List<Settlement> heard = new ArrayList<>();
    final List<Settlement> late = new ArrayList<>();

    @Override
    protected void settled(Settlement settlement) {
      heard.add(settlement);
    }

    @Override
    protected void settledAgain(Settlement settlement) {
      late.add(settlement);
    }
  }

  private static Ack join(Object... acksAndItems) {
    List<AckShare> shares = new ArrayList<>();
    for (int i = 0; i < acksAndItems.length; i += 2) {
      shares.add(new AckShare((Ack) acksAndItems[i], (Integer) acksAndItems[i + 1]));
    }
    return Ack.join(shares);
  }

  private static BitSet items(int... indices) {
    BitSet bits = new BitSet();
    Arrays.stream(indices).forEach(bits::set);
    return bits;
  }

  @Test
  void onlyTheFirstSettlementCounts() {
    assertThat(ann.settle(REFUSED)).isTrue();
    assertThat(ann.delivered()).isFalse();

    assertThat(ann.heard).containsExactly(REFUSED);
    assertThat(ann.late).containsExactly(DELIVERED);
  }

  @Test
  void tellsTheListener() {
    List<Settlement> heard = new ArrayList<>();

    Ack.of(heard::add).settle(REJECTED);

    assertThat(heard).containsExactly(REJECTED);
  }

  @Test
  void aForkSettlesWithTheWorstWhenTheLastBranchHas() {
    List<Ack> branches = ann.fork(3);
    branches.get(1).settle(REJECTED);
    branches.get(1).settle(REFUSED);
    branches.get(0).delivered();
    assertThat(ann.heard).isEmpty();

    branches.get(2).delivered();

    assertThat(ann.heard).containsExactly(REJECTED);
    assertThat(ann.late).containsExactly(REFUSED);
  }

  @Test
  void aForkOfOneIsTheAckItself() {
    assertThat(ann.fork(1)).containsExactly(ann);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ann.fork(0))
        .withMessage("branches: 0 (expected: >= 1)");
  }

  @Test
  void aHandlerOfLastResortSettlesOverUnfinishedBranches() {
    List<Ack> branches = ann.fork(2);
    branches.get(0).delivered();

    ann.settle(REFUSED);
    branches.get(1).delivered();

    assertThat(ann.heard).containsExactly(REFUSED);
  }

  @Test
  void settlingAJoinedAckSettlesEveryShare() {
    Ack joined = join(ann, 1, bob, 2);
    joined.settle(REFUSED);
    joined.delivered();

    assertThat(ann.heard).containsExactly(REFUSED);
    assertThat(bob.heard).containsExactly(REFUSED);
    assertThat(bob.late).containsExactly(DELIVERED);
  }

  @Test
  void aListenerThatThrowsDoesNotKeepTheOthersFromHearing() {
    Ack faulty =
        Ack.of(settlement -> {
          throw new IllegalStateException("gone");
        });

    assertThatThrownBy(() -> join(faulty, 1, bob, 1).delivered()).hasMessage("gone");

    assertThat(bob.heard).containsExactly(DELIVERED);
  }

  @Test
  void joinedAcksInJoinedAcksAreTakenApart() {
    Ack joined = join(join(ann, 1, bob, 2), 3, cem, 4);

    assertThat(joined.shares(7))
        .containsExactly(new AckShare(ann, 1), new AckShare(bob, 2), new AckShare(cem, 4));
  }

  @Test
  void aBatchThatWasNotJoinedIsOneShare() {
    assertThat(ann.shares(5)).containsExactly(new AckShare(ann, 5));
    assertThat(join(ann, 5)).isSameAs(ann);
  }

  @Test
  void aWrongNumberOfItemsIsNoticed() {
    Ack joined = join(ann, 2, bob, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> joined.shares(4))
        .withMessage("items: 4 (expected: 5, the sum of the shares)");
    assertThatIllegalArgumentException().isThrownBy(() -> joined.split(2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> join(joined, 4, cem, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> joined.retain(items(5), 5, FILTERED));
    assertThatIllegalArgumentException().isThrownBy(() -> ann.split(3, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AckShare(ann, -1));
  }

  @Test
  void aSplitCutsAlongTheShares() {
    List<Ack> pieces = join(ann, 2, bob, 3).split(2, 3);

    assertThat(pieces).containsExactly(ann, bob);
  }

  @Test
  void aShareThatSpansManyPiecesWaitsForAllOfThem() {
    List<Ack> pieces = join(ann, 1, bob, 6, cem, 1).split(2, 2, 2, 2);

    pieces.get(0).settle(REFUSED);
    assertThat(ann.heard).containsExactly(REFUSED);
    pieces.get(3).delivered();
    assertThat(cem.heard).containsExactly(DELIVERED);
    pieces.get(1).settle(REJECTED);
    assertThat(bob.heard).isEmpty();
    pieces.get(2).delivered();

    assertThat(bob.heard).containsExactly(REFUSED);
  }

  @Test
  void aPieceWithoutItemsConcernsNobody() {
    List<Ack> pieces = join(ann, 2, bob, 2).split(0, 1, 0, 2, 0, 1, 0);
    for (int empty : new int[] {0, 2, 4, 6}) {
      pieces.get(empty).settle(REJECTED);
    }
    assertThat(ann.heard).isEmpty();

    for (int full : new int[] {1, 3, 5}) {
      pieces.get(full).delivered();
    }

    assertThat(ann.heard).containsExactly(DELIVERED);
    assertThat(bob.heard).containsExactly(DELIVERED);
  }

  @Test
  void aShareWithoutItemsIsDeliveredByTheSplit() {
    List<Ack> pieces = join(ann, 0, bob, 2, cem, 0).split(1, 1);
    assertThat(ann.heard).containsExactly(DELIVERED);
    assertThat(cem.heard).containsExactly(DELIVERED);

    pieces.forEach(piece -> piece.settle(REFUSED));

    assertThat(bob.heard).containsExactly(REFUSED);
  }

  @Test
  void aBatchWithoutItemsIsDeliveredByItsSplit() {
    ann.split(0, 0);

    assertThat(ann.heard).containsExactly(DELIVERED);
  }

  @Test
  void branchesOfAJoinedBatchKeepTheSendersApart() {
    List<Ack> branches = join(ann, 1, bob, 1).fork(2);
    branches.get(0).shares(2).get(0).ack().settle(REJECTED);
    branches.get(0).shares(2).get(1).ack().delivered();
    branches.get(1).delivered();

    assertThat(ann.heard).containsExactly(REJECTED);
    assertThat(bob.heard).containsExactly(DELIVERED);
  }

  @Test
  void retainKeepsTheItemCountsOfTheShares() {
    Ack rest = join(ann, 2, bob, 3, cem, 1).retain(items(0, 1, 3), 6, FILTERED);
    assertThat(cem.heard).containsExactly(FILTERED);
    assertThat(rest.shares(3)).extracting(AckShare::items).containsExactly(2, 1);

    List<Ack> pieces = rest.split(2, 1);
    pieces.get(0).delivered();
    pieces.get(1).settle(REFUSED);

    assertThat(ann.heard).containsExactly(DELIVERED);
    assertThat(bob.heard).containsExactly(REFUSED);
  }

  @Test
  void aSenderWhoLostItemsHearsTheWorseOfTheirFateAndTheRest() {
    join(ann, 2, bob, 2).retain(items(0, 2), 4, FILTERED).delivered();

    assertThat(ann.heard).containsExactly(FILTERED);
    assertThat(bob.heard).containsExactly(FILTERED);
  }

  @Test
  void retainingEverythingChangesNothing() {
    Ack rest = ann.retain(items(0, 1, 2), 3, FILTERED);

    assertThat(rest).isSameAs(ann);
    assertThat(ann.heard).isEmpty();
  }

  @Test
  void retainingNothingSettlesEverybody() {
    join(ann, 2, bob, 1, cem, 0).retain(items(), 3, FILTERED);

    assertThat(ann.heard).containsExactly(FILTERED);
    assertThat(bob.heard).containsExactly(FILTERED);
    assertThat(cem.heard).containsExactly(DELIVERED);
  }

  /**
   * Scenario: items of two senders are routed to two destinations by content.
   *
   * <p>Guarantees: each sender hears the worst of his own items only, and the shares of each way
   * are in the order of its items.
   */
  @Test
  void dealtOutItemsKeepTheSendersApart() {
    List<Ack> routes = join(ann, 2, bob, 2, cem, 0).deal(List.of(items(0, 2, 3), items(1)), 4);
    assertThat(cem.heard).containsExactly(DELIVERED);
    assertThat(routes.getFirst().shares(3)).extracting(AckShare::items).containsExactly(1, 2);
    routes.getFirst().delivered();
    assertThat(bob.heard).containsExactly(DELIVERED);

    routes.getLast().settle(REFUSED);

    assertThat(ann.heard).containsExactly(REFUSED);
  }

  @Test
  void aWayWithoutItemsConcernsNobody() {
    List<Ack> ways = ann.deal(List.of(items(), items(0, 1)), 2);
    ways.getFirst().settle(REFUSED);
    assertThat(ann.heard).isEmpty();

    ways.getLast().delivered();

    assertThat(ann.heard).containsExactly(DELIVERED);
  }

  @Test
  void dealingOutToOneWayChangesNothing() {
    assertThat(ann.deal(List.of(items(0, 1)), 2)).containsExactly(ann);
  }

  @Test
  void everyItemIsDealtOutOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ann.deal(List.of(items(0, 1), items(1)), 2))
        .withMessage("ways: 3 items, 2 different ones up to 2 (expected: each of 2 once)");
    assertThatIllegalArgumentException().isThrownBy(() -> ann.deal(List.of(items(0)), 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ann.deal(List.of(items(0, 2)), 2));
    assertThat(ann.heard).isEmpty();
  }

  @Test
  @Timeout(10)
  void splitsManySharesIntoManyPiecesInOnePass() {
    int count = 300_000;
    List<AckShare> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new AckShare(new Sender(), 1));
    }
    int[] pieces = new int[count];
    Arrays.fill(pieces, 1);

    Ack.join(shares).split(pieces).forEach(Ack::delivered);

    assertThat(shares).allSatisfy(share -> assertThat(((Sender) share.ack()).heard).hasSize(1));
  }

  /** Guarantees: what was charged for a batch is given back once, however its ack is replaced. */
  @Test
  void endingsRunOnceWhenTheItemsHaveEnded() {
    List<String> ended = new ArrayList<>();
    Ack first = Ack.of(_ -> ended.add("first"));
    Ack joined =
        Ack.join(
            List.of(new AckShare(first, 2), new AckShare(Ack.of(_ -> ended.add("second")), 3)));
    joined.atEnd(() -> ended.add("charge"));
    List<Ack> pieces = joined.split(1, 4);

    pieces.get(1).delivered();
    assertThat(ended).containsExactly("second");
    pieces.get(0).delivered();
    pieces.get(0).delivered();
    assertThat(ended).containsExactly("second", "first", "charge");
  }

  @Test
  void endingsOfAPieceDoNotWaitForTheOthers() {
    List<String> ended = new ArrayList<>();
    List<Ack> pieces = Ack.of(_ -> ended.add("all")).split(1, 1);
    pieces.get(0).atEnd(() -> ended.add("piece"));

    pieces.get(0).delivered();
    assertThat(ended).containsExactly("piece");
    pieces.get(1).delivered();
    assertThat(ended).containsExactly("piece", "all");
  }
}
