package io.millrace.testkit.ack;

import static java.util.Comparator.comparingInt;

import io.millrace.pdata.Settlement;
import io.millrace.pdata.Settlement.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference model: one sender's items in one batch.
 *
 * <p>It knows nothing of acks. Whoever cuts a batch writes down the smaller parts, whoever settles
 * one writes down when; how a part ended is found out afterwards, by reading the tree. Confined to
 * one thread.
 */
final class Part {
  private static final List<Kind> FROM_GOOD_TO_BAD =
      List.of(Kind.DELIVERED, Kind.HELD, Kind.DROPPED, Kind.REJECTED, Kind.REFUSED);
  private static final Comparator<Settlement> BADNESS =
      comparingInt((Settlement s) -> FROM_GOOD_TO_BAD.indexOf(s.kind()))
          .thenComparingLong(Settlement::retryAfterNanos)
          .thenComparing(Settlement::reason, Comparator.reverseOrder());

  record End(Settlement settlement, long time) {}

  int items;

  /** What of its sender's request the items stand for. */
  double bytes;

  /** By how much the bytes of an ack may differ from that, since they are whole. */
  int roundings;

  private @Nullable End settled;
  private @Nullable List<Part> cut;
  private long cutTime;

  Part(int items) {
    this.items = items;
  }

  Part(int items, double bytes) {
    this.items = items;
    this.bytes = bytes;
  }

  /** Returns a copy, for another branch. */
  Part copy() {
    Part copy = new Part(items, bytes);
    copy.roundings = roundings;
    return copy;
  }

  void settle(Settlement settlement, long time) {
    settled = settled == null ? new End(settlement, time) : settled;
  }

  void cut(List<Part> parts, long time) {
    cut = List.copyOf(parts);
    cutTime = time;
  }

  /** Cuts into parts of different items, among which the bytes are shared out. */
  void share(List<Part> parts, long time) {
    for (Part part : parts) {
      part.bytes = bytes * part.items / items;
      part.roundings = roundings + (parts.size() > 1 ? 1 : 0);
    }
    cut(parts, time);
  }

  /** Returns how the part ended: by its own settlement or by its parts, whichever came first. */
  @Nullable End end() {
    End below = endOfParts();
    if (settled == null || below == null) {
      return settled == null ? below : settled;
    }
    return below.time < settled.time ? below : settled;
  }

  private @Nullable End endOfParts() {
    if (cut == null) {
      return null;
    }
    End worst = new End(Settlement.DELIVERED, cutTime);
    for (Part part : cut) {
      End end = part.end();
      if (end == null) {
        return null;
      }
      worst =
          new End(
              BADNESS.compare(worst.settlement, end.settlement) >= 0
                  ? worst.settlement
                  : end.settlement,
              Math.max(worst.time, end.time));
    }
    return worst;
  }

  static List<List<Part>> emptyLists(int count) {
    List<List<Part>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }
}
