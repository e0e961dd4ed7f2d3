package io.millrace.pdata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;

/**
 * The end of a batch's way: settled once by whoever finishes with the batch.
 *
 * <p>An ack always runs to the end of the items' way, whatever the sender was told and when: it
 * gives bytes back to the budget and balances the books. It may be settled from any thread. The
 * first settlement counts; a later one returns {@code false} and changes nothing, so that a handler
 * of last resort may settle without knowing how far others came.
 *
 * <p>A batch that goes several ways gets one ack per way ({@link #fork}); pieces of a batch get
 * theirs from {@link #split}, which knows whose items are in which piece; batches that become one
 * keep every sender's ack as an ordered pair ({@link #join}).
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

  /** Returns an ack that hands its one settlement to {@code listener}, on the settling thread. */
  public static Ack of(Consumer<Settlement> listener) {
    return new ListenerAck(listener);
  }

  /**
   * Returns the ack of a batch that was joined from {@code shares}, in their order.
   *
   * <p>Settling it settles every share; {@link #split} cuts it along the shares.
   */
  public static Ack join(List<AckShare> shares) {
    return new JoinedAck(shares);
  }

  /** Settles, and returns whether this was the settlement that counted. */
  public final boolean settle(Settlement settlement) {
    if (!SETTLED.compareAndSet(this, false, true)) {
      return false;
    }
    settled(settlement);
    return true;
  }

  /** Settles as {@link Settlement#DELIVERED}. */
  public final boolean delivered() {
    return settle(Settlement.DELIVERED);
  }

  /** Called once, on the settling thread; must not block or throw. */
  protected abstract void settled(Settlement settlement);

  /**
   * Returns one ack for each of {@code branches} ways the same items go; this ack settles with the
   * worst settlement when the last of them has.
   *
   * @param branches at least 1
   */
  public List<Ack> fork(int branches) {
    return branches == 1 ? List.of(this) : ForkedAck.fork(this, branches);
  }

  /**
   * Returns one ack for each piece of the batch, in order.
   *
   * @param items the number of items of each piece; together the number of items of the batch
   */
  public List<Ack> split(int... items) {
    return fork(items.length);
  }
}
