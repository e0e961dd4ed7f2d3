package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private final long bytes;
  private final long arrivalNanos;
  private final Ack parent;

  /** The stage that the items were last handed to; the ring thread's. */
  private @Nullable Consumer stage;

  private volatile List<CountedAck> pieces = List.of();
  private volatile boolean isReplaced;
  private volatile boolean isCounted;

  /**
   * Creates an ack for {@code items} items.
   *
   * @param bytes that arrived for these items
   * @param arrivalNanos when the first of them arrived
   * @param parent is told the settlement, and knows nothing of items
   */
  CountedAck(Tally tally, int items, long bytes, long arrivalNanos, Ack parent) {
    this.tally = tally;
    this.items = items;
    this.bytes = bytes;
    this.arrivalNanos = arrivalNanos;
    this.parent = parent;
  }

  /** Notes that {@code stage} is given the batch. Called by the ring thread. */
  static void enter(Ack ack, Consumer stage) {
    for (Ack sender : ack.senders()) {
      if (sender instanceof CountedAck counted) {
        counted.stage = stage;
      }
    }
  }

  /**
   * Ends what is still in {@code stage} of a batch it was given, and leaves alone what it has
   * passed on. Called by the ring thread.
   */
  static void endIn(Ack ack, Consumer stage, Settlement settlement) {
    for (Ack sender : ack.senders()) {
      if (sender instanceof CountedAck counted) {
        counted.endIn(stage, settlement);
      } else {
        sender.settle(settlement);
      }
    }
  }

  private void endIn(Consumer where, Settlement settlement) {
    if (!isReplaced && where.equals(stage)) {
      settle(settlement);
    }
    for (CountedAck piece : pieces) {
      piece.endIn(where, settlement);
    }
  }

  /**
   * Returns the acks of a batch that leaves the pipeline, one for each edge, which count its end
   * from now on, sender by sender.
   */
  static List<Ack> fanOut(Ack ack, int items, List<? extends Tally> edges) {
    List<List<AckShare>> ways = new ArrayList<>(edges.size());
    edges.forEach(edge -> ways.add(new ArrayList<>()));
    for (AckShare share : ack.shares(items)) {
      Ack inside = share.ack();
      Ack left = inside instanceof CountedAck counted ? counted.leave() : inside;
      long arrivalNanos = inside instanceof CountedAck counted ? counted.arrivalNanos : 0;
      List<Ack> parents = left.fork(edges.size());
      for (int i = 0; i < edges.size(); i++) {
        Ack way =
            new CountedAck(
                edges.get(i), share.items(), inside.bytes(), arrivalNanos, parents.get(i));
        ways.get(i).add(new AckShare(way, share.items()));
      }
    }
    return ways.stream().map(Ack::join).toList();
  }

  /** Returns the ack of one sender's items in a pipeline that they enter from another. */
  static Ack behind(AckShare before, PipelineLedger ledger, Ack parent) {
    long arrivalNanos = before.ack() instanceof CountedAck counted ? counted.arrivalNanos : 0;
    return new CountedAck(ledger, before.items(), before.ack().bytes(), arrivalNanos, parent);
  }

  /**
   * An {@link Error} ends the whole batch, wherever its pieces are: they have been counted as lost
   * then and go on nevertheless, as if made anew.
   */
  private Ack leave() {
    isReplaced = true;
    if (isCounted) {
      tally.generated(items, bytes);
    }
    return parent;
  }

  @Override
  protected void settled(Settlement settlement) {
    if (!isReplaced) {
      isCounted = settlement.kind() != Settlement.Kind.HELD;
      tally.ended(items, bytes, settlement);
      if (settlement.kind() == Settlement.Kind.DELIVERED) {
        tally.delivered(arrivalNanos);
      }
      parent.settle(settlement);
      return;
    }
    for (CountedAck piece : pieces) {
      piece.settle(settlement);
    }
  }

  /** This ack may be replaced before it is settled; its parent lives on. */
  @Override
  public void atEnd(Runnable ending) {
    parent.atEnd(ending);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  protected List<Ack> cut(int[] itemsOfPieces, long[] weights) {
    return itemsOfPieces.length == 1
        ? List.of(this)
        : replaceBy(itemsOfPieces, divide(bytes, weights));
  }

  /** Counts the copies: each way has as many items as this ack. */
  @Override
  protected List<Ack> forked(int branches) {
    int[] itemsOfWays = new int[branches];
    Arrays.fill(itemsOfWays, items);
    long[] bytesOfWays = new long[branches];
    Arrays.fill(bytesOfWays, bytes);
    tally.generated(Math.multiplyExact(items, branches - 1), bytes * (branches - 1));
    return replaceBy(itemsOfWays, bytesOfWays);
  }

  private List<Ack> replaceBy(int[] itemsOfPieces, long[] bytesOfPieces) {
    List<Ack> parents = parent.fork(itemsOfPieces.length);
    List<CountedAck> replacements = new ArrayList<>(itemsOfPieces.length);
    for (int i = 0; i < itemsOfPieces.length; i++) {
      CountedAck piece =
          new CountedAck(tally, itemsOfPieces[i], bytesOfPieces[i], arrivalNanos, parents.get(i));
      piece.stage = stage;
      replacements.add(piece);
    }
    pieces = replacements;
    isReplaced = true;
    return List.copyOf(replacements);
  }

  @Override
  public Ack heir(int heldItems, long heldBytes, Ack heirParent) {
    return new CountedAck(tally, heldItems, heldBytes, arrivalNanos, heirParent);
  }
}
