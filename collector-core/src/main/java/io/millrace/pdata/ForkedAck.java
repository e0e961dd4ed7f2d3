package io.millrace.pdata;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One of several acks that together settle a parent. Thread safe. */
final class ForkedAck extends Ack {
  private final Join join;

  private ForkedAck(Join join) {
    this.join = join;
  }

  static List<Ack> fork(Ack parent, int branches) {
    Join join = new Join(parent, branches);
    List<Ack> acks = new ArrayList<>(branches);
    for (int i = 0; i < branches; i++) {
      acks.add(new ForkedAck(join));
    }
    return acks;
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
