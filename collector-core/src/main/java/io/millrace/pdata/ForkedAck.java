package io.millrace.pdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One of several acks that together settle a parent. Thread safe. */
final class ForkedAck extends Ack {
  private final Join join;
  private final long bytes;

  private ForkedAck(Join join, long bytes) {
    this.join = join;
    this.bytes = bytes;
  }

  static List<Ack> fork(Ack parent, int branches) {
    long[] each = new long[branches];
    Arrays.fill(each, parent.bytes());
    return cut(parent, each);
  }

  static List<Ack> cut(Ack parent, long... bytesOfPieces) {
    Join join = new Join(parent, bytesOfPieces.length);
    List<Ack> acks = new ArrayList<>(bytesOfPieces.length);
    for (long bytes : bytesOfPieces) {
      acks.add(new ForkedAck(join, bytes));
    }
    return acks;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  protected void settled(Settlement settlement) {
    join.branchSettled(settlement);
  }

  @Override
  protected void settledAgain(Settlement settlement) {
    join.parent.settledAgain(settlement);
  }

  private static final class Join {
    private final Ack parent;
    private final AtomicInteger open;
    private final AtomicReference<Settlement> worst = new AtomicReference<>(Settlement.DELIVERED);

    Join(Ack parent, int branches) {
      this.parent = parent;
      this.open = new AtomicInteger(branches);
    }

    void branchSettled(Settlement settlement) {
      worst.accumulateAndGet(settlement, Settlement::worse);
      if (open.decrementAndGet() == 0) {
        parent.settle(worst.get());
      }
    }
  }
}
