package io.millrace.testkit.ack;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement.Kind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The reference model of a pipeline: whose items are in which batch, and the worst that happened to
 * any copy of a sender's items.
 *
 * <p>It knows batches by their arrays, which a fan-out shares, and nothing of acks. Thread safe.
 */
final class Fates {
  private static final List<Kind> FROM_GOOD_TO_BAD =
      List.of(Kind.DELIVERED, Kind.HELD, Kind.DROPPED, Kind.REJECTED, Kind.REFUSED);

  private final Map<byte[], int[]> owners = Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<Integer, Kind> worst = Collections.synchronizedMap(new TreeMap<>());

  /** Notes who owns each item of the batch with that array, and returns the array. */
  byte[] enter(byte[] array, int... senders) {
    owners.put(array, senders);
    return array;
  }

  int[] ownersOf(OtlpBatch batch) {
    return Objects.requireNonNull(owners.get(batch.bytes()));
  }

  int[] ownersOf(OtlpBatch batch, BitSet items) {
    int[] all = ownersOf(batch);
    return items.stream().map(i -> all[i]).toArray();
  }

  /** Notes how items of these senders ended. */
  void end(Kind kind, int... senders) {
    for (int sender : Arrays.stream(senders).distinct().toArray()) {
      worst.merge(
          sender,
          kind,
          (a, b) -> FROM_GOOD_TO_BAD.indexOf(a) >= FROM_GOOD_TO_BAD.indexOf(b) ? a : b);
    }
  }

  Kind of(int sender) {
    return Objects.requireNonNull(worst.get(sender));
  }
}
