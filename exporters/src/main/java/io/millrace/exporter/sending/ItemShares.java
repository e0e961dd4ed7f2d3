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
    List<BitSet> ways = new ArrayList<>(requests.size() + 1);
    for (BitSet items : requests) {
      rejected.andNot(items);
      ways.add(items);
    }
    ways.add(rejected);
    List<Ack> acks = batch.ack().deal(ways, batch.items());
    acks.getLast().settle(FAILED_TRANSLATION);
    return acks.subList(0, requests.size());
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
