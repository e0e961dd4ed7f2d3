package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Shares out the ack of a batch that was translated into requests: each answers for the items in
 * it. Thread safe.
 */
public final class ItemShares {
  private static final Settlement FAILED_TRANSLATION = Settlement.rejected("failed_translation");

  private ItemShares() {}

  /**
   * Returns an ack for each request. Items in none of them are rejected at once.
   *
   * @param requests indices of the items in each, none in two; may be empty, for a request of what
   *     is nobody's item
   */
  public static List<Ack> of(OtlpBatch batch, List<BitSet> requests) {
    BitSet rejected = new BitSet(batch.items());
    rejected.set(0, batch.items());
    int owners = 0;
    for (BitSet items : requests) {
      rejected.andNot(items);
      owners += items.isEmpty() ? 0 : 1;
    }
    boolean hasRejected = !rejected.isEmpty();
    if (owners == 0) {
      batch.ack().settle(hasRejected ? FAILED_TRANSLATION : Settlement.DELIVERED);
      return requests.stream().map(items -> nobodys()).toList();
    }
    List<Ack> forks = batch.ack().fork(owners + (hasRejected ? 1 : 0));
    List<Ack> acks = new ArrayList<>(requests.size());
    int next = 0;
    for (BitSet items : requests) {
      acks.add(items.isEmpty() ? nobodys() : keep(forks.get(next++), items, batch.items()));
    }
    if (hasRejected) {
      keep(forks.getLast(), rejected, batch.items()).settle(FAILED_TRANSLATION);
    }
    return acks;
  }

  private static Ack nobodys() {
    return Ack.of(nobody -> {});
  }

  /** The other requests answer for the other items. */
  private static Ack keep(Ack ack, BitSet items, int of) {
    return items.cardinality() == of ? ack : ack.retain(items, of, Settlement.DELIVERED);
  }

  /** Returns the first {@code count} items, of more. */
  public static BitSet first(BitSet items, int count) {
    int boundary = items.nextSetBit(0);
    for (int taken = 0; taken < count; taken++) {
      boundary = items.nextSetBit(boundary + 1);
    }
    return items.get(0, boundary);
  }
}
