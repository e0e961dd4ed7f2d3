package io.millrace.processor.splicing;

import io.millrace.component.ByteBudget;
import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.Settlement;
import java.util.List;

/**
 * Edits batches in pieces of bounded size, and charges what they grow by.
 *
 * <pre>
 *   edits within bounds          one batch, as it came
 *   beyond them                  cut in halves, each of which is edited and passed on by itself
 *   beyond them in one item      dropped as {@code edit_too_large}
 *   growth beyond the budget     dropped as {@code memory_full}, with the pieces behind it
 * </pre>
 *
 * <p>The door reserved what a request had when it came. Growth is charged until the items' end, up
 * to a quarter beyond the budget: past the door nothing can be refused, and a request that grows a
 * hundredfold must not end the process. Confined to the ring thread.
 */
public final class BoundedSplicer implements Consumer {
  private static final Settlement EDIT_TOO_LARGE = Settlement.dropped("edit_too_large");
  private static final Settlement MEMORY_FULL = Settlement.dropped("memory_full");

  private final OtlpSplicer splicer;
  private final ByteBudget budget;
  private final Consumer next;

  /** Whether a piece of the current batch has found no room; the next ones are not tried. */
  private boolean isFull;

  /** Passes edited batches on to {@code next}. */
  public BoundedSplicer(OtlpSplicer splicer, ByteBudget budget, Consumer next) {
    this.splicer = splicer;
    this.budget = budget;
    this.next = next;
  }

  @Override
  public void consume(OtlpBatch batch) {
    isFull = false;
    edit(batch, batch.length());
  }

  /** Edits a batch for which {@code accounted} bytes are in the budget already. */
  private void edit(OtlpBatch batch, int accounted) {
    if (!splicer.edit(batch)) {
      editHalves(batch, accounted);
      return;
    }
    int growth = Math.max(splicer.length() - accounted, 0);
    if (growth > 0 && !budget.tryOverdraw(growth)) {
      isFull = true;
      splicer.clear();
      batch.ack().settle(MEMORY_FULL);
      return;
    }
    OtlpBatch edited = splicer.apply();
    if (edited == null) {
      budget.release(growth);
      return;
    }
    if (growth > 0) {
      edited.ack().atEnd(() -> budget.release(growth));
    }
    next.consume(edited);
  }

  private void editHalves(OtlpBatch batch, int accounted) {
    int half = Math.ceilDiv(batch.items(), 2);
    List<OtlpSlice> pieces = batch.items() < 2 ? List.of() : OtlpSplitter.slice(batch, half, half);
    if (pieces.size() < 2) {
      batch.ack().settle(EDIT_TOO_LARGE);
      return;
    }
    int left = accounted;
    for (OtlpSlice piece : pieces) {
      if (isFull) {
        piece.ack().settle(MEMORY_FULL);
        continue;
      }
      int share = Math.min(piece.length(), left);
      left -= share;
      edit(OtlpJoiner.joinSlices(List.of(piece), batch.context()), share);
    }
  }
}
