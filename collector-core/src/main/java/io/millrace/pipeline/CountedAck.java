package io.millrace.pipeline;

import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * An ack that enters the end of its items in the books before it tells its parent.
 *
 * <p>A batch carries two of them, one after the other: inside the pipeline one that counts for
 * every edge behind it, and past the fan-out one for each edge alone. Whoever has been replaced, by
 * the next one or by acks for pieces, counts nothing any more; settling it as a last resort ends
 * only those of its pieces that are still inside. Thread safe.
 */
final class CountedAck extends Ack {
  private final Tally tally;
  private final int items;
  private final Ack parent;
  private volatile List<CountedAck> pieces = List.of();
  private volatile boolean isReplaced;
  private volatile boolean isCounted;

  /**
   * Creates an ack for {@code items} items.
   *
   * @param parent is told the settlement, and knows nothing of items
   */
  CountedAck(Tally tally, int items, Ack parent) {
    this.tally = tally;
    this.items = items;
    this.parent = parent;
  }

  /** Returns the ack of a batch that leaves the pipeline, whose end is to be counted elsewhere. */
  static Ack passOn(Ack ack, int items) {
    return mapShares(
        ack,
        items,
        share -> share.ack() instanceof CountedAck counted ? counted.leave() : share.ack());
  }

  /** Returns an ack that counts the end of the batch, sender by sender, in {@code tally}. */
  static Ack count(Tally tally, Ack ack, int items) {
    return mapShares(ack, items, share -> new CountedAck(tally, share.items(), share.ack()));
  }

  private static Ack mapShares(Ack ack, int items, Function<AckShare, Ack> change) {
    List<AckShare> shares = ack.shares(items);
    if (shares.size() == 1) {
      return change.apply(shares.getFirst());
    }
    List<AckShare> changed = new ArrayList<>(shares.size());
    for (AckShare share : shares) {
      changed.add(new AckShare(change.apply(share), share.items()));
    }
    return Ack.join(changed);
  }

  /**
   * A processor may throw when it has passed the items on already: they have been counted as lost
   * then and go on nevertheless, as if made anew.
   */
  private Ack leave() {
    isReplaced = true;
    if (isCounted) {
      tally.generated(items);
    }
    return parent;
  }

  @Override
  protected void settled(Settlement settlement) {
    if (!isReplaced) {
      isCounted = settlement.kind() != Settlement.Kind.HELD;
      tally.ended(items, settlement);
      parent.settle(settlement);
      return;
    }
    for (CountedAck piece : pieces) {
      piece.settle(settlement);
    }
  }

  @Override
  protected List<Ack> cut(int... itemsOfPieces) {
    return itemsOfPieces.length == 1 ? List.of(this) : replaceBy(itemsOfPieces);
  }

  /** Counts the copies: each way has as many items as this ack. */
  @Override
  protected List<Ack> forked(int branches) {
    int[] itemsOfWays = new int[branches];
    Arrays.fill(itemsOfWays, items);
    tally.generated(Math.multiplyExact(items, branches - 1));
    return replaceBy(itemsOfWays);
  }

  private List<Ack> replaceBy(int... itemsOfPieces) {
    List<Ack> parents = parent.fork(itemsOfPieces.length);
    List<CountedAck> replacements = new ArrayList<>(itemsOfPieces.length);
    for (int i = 0; i < itemsOfPieces.length; i++) {
      replacements.add(new CountedAck(tally, itemsOfPieces[i], parents.get(i)));
    }
    pieces = replacements;
    isReplaced = true;
    return List.copyOf(replacements);
  }

  @Override
  public Ack heir(int heldItems, Ack heirParent) {
    return new CountedAck(tally, heldItems, heirParent);
  }
}
