package io.millrace.exporter.sending;

import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.Signal;
import io.millrace.wire.MalformedWireException;
import java.util.List;

/**
 * Cuts a batch that a backend refuses for good, so that what is at fault ends up alone.
 *
 * <p>Halving finds one bad sender among n with about 2 log n requests, and never needs more than
 * twice as many as sending each alone. Thread safe.
 */
final class Isolation {
  private Isolation() {}

  /** Returns two pieces with half of the senders each; nothing when there is only one. */
  static List<OtlpBatch> bySender(OtlpBatch batch) {
    int[] itemsOfSenders =
        batch.ack().shares(batch.items()).stream()
            .mapToInt(AckShare::items)
            .filter(items -> items > 0)
            .toArray();
    int first = 0;
    for (int i = 0; i < itemsOfSenders.length / 2; i++) {
      first += itemsOfSenders[i];
    }
    return cut(batch, first);
  }

  /** Returns two pieces with half of the items each; nothing when there is only one. */
  static List<OtlpBatch> bySize(OtlpBatch batch) {
    return cut(batch, batch.items() / 2);
  }

  private static List<OtlpBatch> cut(OtlpBatch batch, int first) {
    if (first == 0 || batch.signal() == Signal.PROFILES) {
      return List.of();
    }
    try {
      return OtlpSplitter.cut(batch, first, batch.items() - first);
    } catch (MalformedWireException e) { // the door need not have looked this deep into it
      return List.of();
    }
  }
}
