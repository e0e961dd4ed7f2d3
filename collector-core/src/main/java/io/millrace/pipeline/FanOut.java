package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.List;

/**
 * The end of a pipeline: hands every batch to each of its exporters, which share the bytes.
 *
 * <p>A dead optional backend must not stop the others: a branch without room is left out, counted
 * as {@code queue_full}, as long as another branch has room. Mandatory branches, and all of them
 * where none has room, are given the batch whatever their queue; the door sees to it that this
 * stays within one output batch per shard. Confined to the ring thread, and to the control thread
 * once that has ended.
 */
final class FanOut implements Consumer {
  static final Settlement QUEUE_FULL = Settlement.dropped("queue_full");
  private static final Settlement EXPORTER_ERROR = Settlement.dropped("exporter_error");

  private final Branch[] branches;
  private final List<EdgeLedger> ledgers;
  private final long optional;
  private final FailureLog failures;

  /** Creates a fan-out to at least one branch, and at most 64: sets of branches are bits. */
  FanOut(List<Branch> branches, FailureLog failures) {
    this.failures = failures;
    this.branches = branches.toArray(Branch[]::new);
    this.ledgers = branches.stream().map(Branch::ledger).toList();
    long bits = 0;
    for (int i = 0; i < this.branches.length; i++) {
      bits |= this.branches[i].isMandatory() ? 0 : 1L << i;
    }
    this.optional = bits;
  }

  @Override
  public void consume(OtlpBatch batch) {
    List<Ack> ways = CountedAck.fanOut(batch.ack(), batch.items(), ledgers);
    long leftOut = leaveOut();
    for (int i = 0; i < branches.length; i++) {
      Ack ack = ways.get(i);
      if ((leftOut & 1L << i) != 0) {
        branches[i].ledger().enqueueFailed(batch.items());
        ack.settle(QUEUE_FULL);
      } else {
        handOver(branches[i], batch.withAck(ack));
      }
    }
  }

  private void handOver(Branch branch, OtlpBatch batch) {
    try {
      branch.exporter().consume(batch);
    } catch (RuntimeException e) { // costs this branch alone
      failures.note(e);
      batch.ack().settle(EXPORTER_ERROR);
    }
  }

  /** Returns the branches to leave out, one bit each. */
  private long leaveOut() {
    if (branches.length == 1 || optional == 0) {
      return 0;
    }
    long full = 0;
    for (int i = 0; i < branches.length; i++) {
      full |= branches[i].exporter().hasRoom() ? 0 : 1L << i;
    }
    return Long.bitCount(full) == branches.length ? 0 : full & optional;
  }
}
