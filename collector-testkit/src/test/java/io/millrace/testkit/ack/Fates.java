package io.millrace.testkit.ack;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Settlement.Kind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The reference model of a pipeline: whose items are in which batch, the worst that happened to any
 * copy of a sender's items, and what the books of each edge have to say.
 *
 * <p>It knows batches by their arrays, which a fan-out shares, and nothing of acks. Thread safe.
 */
final class Fates {
  private static final List<Kind> FROM_GOOD_TO_BAD =
      List.of(Kind.DELIVERED, Kind.HELD, Kind.DROPPED, Kind.REJECTED, Kind.REFUSED);

  private final Map<byte[], int[]> owners = Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<Integer, Kind> worst = Collections.synchronizedMap(new TreeMap<>());
  private final Map<Integer, Double> bytesPerItem = Collections.synchronizedMap(new TreeMap<>());
  private final Map<String, Total> books = Collections.synchronizedMap(new TreeMap<>());

  /**
   * What ended one way on one edge. Immutable.
   *
   * @param batches how many batches it was, each of which may have been rounded
   */
  record Total(long items, double bytes, int batches) {
    Total plus(Total other) {
      return new Total(items + other.items, bytes + other.bytes, batches + other.batches);
    }
  }

  /** Notes a request, and returns its bytes. */
  byte[] receive(int sender, byte[] request, int items) {
    bytesPerItem.put(sender, (double) request.length / items);
    int[] senders = new int[items];
    Arrays.fill(senders, sender);
    return enter(request, senders);
  }

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

  /** Notes how items of these senders, one each, ended before the fan-out to {@code edges}. */
  void end(Settlement settlement, Collection<String> edges, int... senders) {
    for (String edge : edges) {
      end(settlement, edge, senders);
    }
  }

  /** Notes how items of these senders, one each, ended on one edge. */
  void end(Settlement settlement, String edge, int... senders) {
    if (senders.length > 0) {
      double bytes = Arrays.stream(senders).mapToDouble(bytesPerItem::get).sum();
      int shares = (int) Arrays.stream(senders).distinct().count();
      books.merge(
          edge + " " + outcome(settlement), new Total(senders.length, bytes, shares), Total::plus);
    }
    worst(settlement.kind(), senders);
  }

  private static String outcome(Settlement settlement) {
    return switch (settlement.kind()) {
      case DELIVERED -> "delivered ";
      case HELD -> throw new IllegalArgumentException("nothing is held");
      case DROPPED -> "dropped " + settlement.reason();
      case REJECTED, REFUSED -> "returned " + settlement.reason();
    };
  }

  /** Returns what the books have to say, by edge, outcome and reason. */
  Map<String, Total> books() {
    return new TreeMap<>(books);
  }

  private void worst(Kind kind, int... senders) {
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
