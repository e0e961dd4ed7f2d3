package io.millrace.pdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts a batch's shares when its items are cut.
 *
 * <p>Every share is cut among the pieces that have items of it, so its sender hears of its own
 * items only. One pass over shares and pieces. Stateless.
 */
final class ShareCut {
  private ShareCut() {}

  static List<Ack> split(List<AckShare> shares, int[] items, int[] lengths) {
    List<List<AckShare>> pieces = lists(items.length);
    double[] itemWeights = itemWeights(items, lengths);
    int[] room = items.clone();
    int piece = 0;
    for (AckShare share : shares) {
      if (share.items() == 0) {
        share.ack().delivered();
      } else {
        piece = distribute(share, piece, room, itemWeights, pieces);
      }
    }
    return join(pieces);
  }

  /** Returns what an item of each piece weighs. */
  private static double[] itemWeights(int[] items, int[] lengths) {
    double[] weights = new double[items.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = items[i] == 0 ? 0 : (double) lengths[i] / items[i];
    }
    return weights;
  }

  /** Hands the share's items to the pieces with room from {@code first} on; returns the last. */
  private static int distribute(
      AckShare share, int first, int[] room, double[] itemWeights, List<List<AckShare>> pieces) {
    int[] parts = new int[Math.min(share.items(), room.length - first)];
    long[] weights = new long[parts.length];
    int count = 0;
    int next = first;
    for (int left = share.items(); left > 0; next++) {
      int part = Math.min(left, room[next]);
      if (part > 0) {
        weights[count] = Math.max(1, (long) (part * itemWeights[next]));
        parts[count++] = part;
        left -= part;
      }
    }
    List<Ack> acks = share.ack().cut(Arrays.copyOf(parts, count), Arrays.copyOf(weights, count));
    handOut(acks, parts, first, room, pieces);
    return next - 1;
  }

  private static void handOut(
      List<Ack> acks, int[] parts, int first, int[] room, List<List<AckShare>> pieces) {
    int piece = first;
    for (int i = 0; i < acks.size(); piece++) {
      if (room[piece] > 0) {
        pieces.get(piece).add(new AckShare(acks.get(i), parts[i]));
        room[piece] -= parts[i++];
      }
    }
  }

  static List<Ack> deal(List<AckShare> shares, List<BitSet> ways, int items) {
    checkEachOnce(ways, items);
    List<List<AckShare>> dealt = lists(ways.size());
    int start = 0;
    for (AckShare share : shares) {
      int end = start + share.items();
      dealOut(share, ways, start, end, dealt);
      start = end;
    }
    return join(dealt);
  }

  private static void checkEachOnce(List<BitSet> ways, int items) {
    BitSet all = new BitSet(items);
    int sum = 0;
    for (BitSet way : ways) {
      all.or(way);
      sum += way.cardinality();
    }
    if (sum != items || all.cardinality() != items || all.length() != items) {
      throw new IllegalArgumentException(
          "ways: %d items, %d different ones up to %d (expected: each of %d once)"
              .formatted(sum, all.cardinality(), all.length(), items));
    }
  }

  private static void dealOut(
      AckShare share, List<BitSet> ways, int start, int end, List<List<AckShare>> dealt) {
    if (share.items() == 0) {
      share.ack().delivered();
      return;
    }
    int[] parts = new int[ways.size()];
    int[] wayOfPart = new int[ways.size()];
    int count = 0;
    for (int way = 0; way < ways.size(); way++) {
      int part = count(ways.get(way), start, end);
      if (part > 0) {
        parts[count] = part;
        wayOfPart[count++] = way;
      }
    }
    int[] sizes = Arrays.copyOf(parts, count);
    List<Ack> acks = share.ack().cut(sizes, Arrays.stream(sizes).asLongStream().toArray());
    for (int i = 0; i < count; i++) {
      dealt.get(wayOfPart[i]).add(new AckShare(acks.get(i), sizes[i]));
    }
  }

  static Ack retain(List<AckShare> shares, BitSet kept, int items, Settlement fate) {
    if (kept.length() > items) {
      throw new IllegalArgumentException(
          "kept: " + (kept.length() - 1) + " (expected: < " + items + ", the number of items)");
    }
    List<AckShare> remaining = new ArrayList<>(shares.size());
    int start = 0;
    for (AckShare share : shares) {
      int end = start + share.items();
      retainOf(share, count(kept, start, end), fate, remaining);
      start = end;
    }
    return Ack.join(remaining);
  }

  private static void retainOf(
      AckShare share, int keptItems, Settlement fate, List<AckShare> remaining) {
    if (share.items() == 0) {
      share.ack().delivered();
    } else if (keptItems == share.items()) {
      remaining.add(share);
    } else if (keptItems == 0) {
      share.ack().settle(fate);
    } else {
      int takenItems = share.items() - keptItems;
      List<Ack> keptAndTaken =
          share.ack().cut(new int[] {keptItems, takenItems}, new long[] {keptItems, takenItems});
      keptAndTaken.get(1).settle(fate);
      remaining.add(new AckShare(keptAndTaken.get(0), keptItems));
    }
  }

  private static int count(BitSet bits, int from, int to) {
    int count = 0;
    for (int i = bits.nextSetBit(from); i >= 0 && i < to; i = bits.nextSetBit(i + 1)) {
      count++;
    }
    return count;
  }

  static int sum(int... items) {
    int sum = 0;
    for (int n : items) {
      if (n < 0) {
        throw new IllegalArgumentException("items: " + n + " (expected: >= 0)");
      }
      sum = Math.addExact(sum, n);
    }
    return sum;
  }

  static List<List<AckShare>> lists(int count) {
    List<List<AckShare>> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  static List<Ack> join(List<List<AckShare>> pieces) {
    List<Ack> acks = new ArrayList<>(pieces.size());
    for (List<AckShare> shares : pieces) {
      acks.add(Ack.join(shares));
    }
    return acks;
  }
}
