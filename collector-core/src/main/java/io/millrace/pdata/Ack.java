package io.millrace.pdata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a batch's way: settled once by whoever finishes with the batch.
 *
 * <p>An ack always runs to the end of the items' way, whatever the sender was told and when: it
 * gives bytes back to the budget and balances the books. It may be settled from any thread. The
 * first settlement counts; a later one returns {@code false} and changes nothing, so that a handler
 * of last resort may settle without knowing how far others came.
 *
 * <p>The ack follows the items. A batch that goes several ways gets one ack per way ({@link
 * #fork}); pieces of a batch get theirs from {@link #split}, and ways that each take some of the
 * items from {@link #deal}; a batch that lost some of its items gets one from {@link #retain};
 * batches that become one keep every sender's ack as an ordered pair ({@link #join}). Each of these
 * replaces the ack it is called on, knows whose items are where, and keeps senders apart: what
 * happens to one sender's items is never told to another. They rely on the order of items, so
 * whoever reorders items across senders cannot use them.
 *
 * <p>Thread safe.
 */
public abstract class Ack {
  private static final VarHandle SETTLED;

  static {
    try {
      SETTLED = MethodHandles.lookup().findVarHandle(Ack.class, "settled", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through SETTLED
  private volatile boolean settled;

  /** Written by whoever holds the batch, read by whoever was handed it and settles. */
  private @Nullable List<Runnable> endings;

  /** Returns an ack that hands its one settlement to {@code listener}, on the settling thread. */
  public static Ack of(Consumer<Settlement> listener) {
    return new ListenerAck(listener);
  }

  /**
   * Returns the ack of a batch that was joined from {@code shares}, in their order.
   *
   * <p>Settling it settles every share. The shares of a batch that was itself joined are {@link
   * #shares}.
   */
  public static Ack join(List<AckShare> shares) {
    return JoinedAck.of(shares);
  }

  /** Settles, and returns whether this was the settlement that counted. */
  public final boolean settle(Settlement settlement) {
    if (!SETTLED.compareAndSet(this, false, true)) {
      settledAgain(settlement);
      return false;
    }
    try {
      settled(settlement);
    } finally {
      if (endings != null) {
        endings.forEach(Runnable::run);
      }
    }
    return true;
  }

  /**
   * Has {@code ending} run when the items come to their end, after the settlement and on its
   * thread: for bytes that were charged on the items' account. Of a joined batch the end of the
   * first share counts.
   *
   * <p>Only for whoever holds the batch, which means that this ack is not settled.
   *
   * @param ending must not block or throw
   */
  public void atEnd(Runnable ending) {
    if (endings == null) {
      endings = new ArrayList<>(1);
    }
    endings.add(ending);
  }

  /** Settles as {@link Settlement#DELIVERED}. */
  public final boolean delivered() {
    return settle(Settlement.DELIVERED);
  }

  /** Called once, on the settling thread; must not block or throw. */
  protected abstract void settled(Settlement settlement);

  /**
   * Called when this ack or a part of it is settled once more, which changes nothing; lets a test
   * find out who does.
   */
  protected void settledAgain(Settlement settlement) {}

  /**
   * Returns the senders' parts of the batch, in the order of their items; one share of all items
   * unless the batch was joined.
   *
   * <p>Cutting the batch along the shares and settling each share's ack is how one sender's fault
   * stays with that sender.
   *
   * @param items how many items the batch has
   * @throws IllegalArgumentException when the batch was joined from another number of items, which
   *     means that somebody dropped or added items without telling the ack
   */
  public List<AckShare> shares(int items) {
    return List.of(new AckShare(this, items));
  }

  /** Returns the senders' acks, in order; this one alone unless the batch was joined. */
  public List<Ack> senders() {
    return List.of(this);
  }

  /**
   * Returns how many bytes of requests the items stand for: as many as arrived at the door for
   * them, whatever has been edited, cut or joined since. It is what the books count; 0 where there
   * are none.
   */
  public long bytes() {
    return 0;
  }

  /**
   * Returns one ack for each of {@code branches} ways the same items go; each sender's ack settles
   * with the worst settlement of its items when the last branch has finished with them.
   *
   * @param branches at least 1
   */
  public final List<Ack> fork(int branches) {
    if (branches < 1) {
      throw new IllegalArgumentException("branches: " + branches + " (expected: >= 1)");
    }
    return branches == 1 ? List.of(this) : forked(branches);
  }

  /** Does the work of {@link #fork} for 2 branches and more. */
  protected List<Ack> forked(int branches) {
    return ForkedAck.fork(this, branches);
  }

  /**
   * Returns one ack for each piece of one sender's items; an ack that counts items overrides it.
   *
   * @param items the number of items of each piece, none of them 0
   * @param weights how the {@linkplain #bytes bytes} are shared out, each at least 1
   */
  protected List<Ack> cut(int[] items, long[] weights) {
    return items.length == 1 ? List.of(this) : ForkedAck.cut(this, divide(bytes(), weights));
  }

  /** Shares out {@code bytes} by weight; the parts are together exactly as many. */
  protected static long[] divide(long bytes, long... weights) {
    double total = 0;
    for (long weight : weights) {
      total += weight;
    }
    long[] parts = new long[weights.length];
    double sum = 0;
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      parts[i] = (long) (bytes * (sum / total)) - given;
      given += parts[i];
    }
    return parts;
  }

  /**
   * Returns one ack for each piece of the batch, in order; each sender's ack settles with the worst
   * settlement of its items when the last of the pieces they lie in has.
   *
   * <p>A piece without items concerns nobody: its ack may be settled or forgotten. A share without
   * items is delivered at once. For the books each item weighs the same.
   *
   * @param items the number of items of each piece; together the number of items of the batch
   */
  public final List<Ack> split(int... items) {
    return split(items, items);
  }

  /**
   * Splits as {@link #split(int...)} does; for the books an item weighs as much as the average of
   * its piece.
   *
   * @param lengths the number of bytes of each piece
   */
  public final List<Ack> split(int[] items, int[] lengths) {
    return ShareCut.split(shares(ShareCut.sum(items)), items, lengths);
  }

  /**
   * Returns one ack for each of several ways between which the items are dealt out, one by one and
   * in whatever way; each sender's ack settles with the worst settlement of its items when the last
   * of the ways that have some has.
   *
   * <p>Other than of a {@linkplain #fork fork}, whose branches all have every item, nothing of it
   * is a copy. For the books each of a sender's items weighs the same.
   *
   * @param ways the indices of each way's items, at least one; together each index once
   * @param items how many items the batch has
   */
  public final List<Ack> deal(List<BitSet> ways, int items) {
    return ShareCut.deal(shares(items), ways, items);
  }

  /**
   * Returns the ack of what remains after some items were taken out of the batch, in the same order
   * as before.
   *
   * <p>A sender who lost all items is told {@code fate} at once; one who lost some hears the worse
   * of it and the end of the rest. If nothing was kept, the returned ack may be settled or
   * forgotten.
   *
   * @param kept the indices of the items that remain
   * @param items how many items the batch had
   * @param fate what became of the items that were taken out; {@link Settlement#DELIVERED} if
   *     another branch answers for them
   */
  public final Ack retain(BitSet kept, int items, Settlement fate) {
    return ShareCut.retain(shares(items), kept, items, fate);
  }

  /**
   * Returns an ack for items that a processor has taken over from senders: its end counts in the
   * books that this ack's counts in, and then goes to {@code parent}.
   *
   * <p>For a processor that settles its input as {@link Settlement#HELD}. The items are any it
   * holds, not just this ack's; together as many must end this way as were taken over, and the
   * {@linkplain #bytes bytes} likewise. {@link HeldBytes} keeps count of these.
   */
  public Ack heir(int items, long bytes, Ack parent) {
    return parent;
  }
}
