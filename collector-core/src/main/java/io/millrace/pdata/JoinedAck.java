package io.millrace.pdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ordered acks of the senders whose items make up one batch. Thread safe. */
final class JoinedAck extends Ack {
  private final List<AckShare> shares;

  JoinedAck(List<AckShare> shares) {
    this.shares = List.copyOf(shares);
  }

  @Override
  protected void settled(Settlement settlement) {
    for (AckShare share : shares) {
      share.ack().settle(settlement);
    }
  }

  /** Cuts along the shares; a share that lies in several pieces is itself split among them. */
  @Override
  public List<Ack> split(int... items) {
    int[] pieceEnds = items.clone();
    Arrays.parallelPrefix(pieceEnds, Integer::sum);
    List<List<AckShare>> pieces = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      pieces.add(new ArrayList<>());
    }
    int start = 0;
    for (AckShare share : shares) {
      distribute(share, start, pieceEnds, pieces);
      start += share.items();
    }
    List<Ack> acks = new ArrayList<>(items.length);
    for (List<AckShare> piece : pieces) {
      acks.add(new JoinedAck(piece));
    }
    return acks;
  }

  private static void distribute(
      AckShare share, int start, int[] pieceEnds, List<List<AckShare>> pieces) {
    int first = pieceOf(start, pieceEnds);
    int last = pieceOf(start + Math.max(share.items(), 1) - 1, pieceEnds);
    int[] cuts = new int[last - first + 1];
    int from = start;
    for (int i = 0; i < cuts.length; i++) {
      int end = Math.min(pieceEnds[first + i], start + share.items());
      cuts[i] = Math.max(end - from, 0);
      from = Math.max(end, from);
    }
    List<Ack> acks = share.ack().split(cuts);
    for (int i = 0; i < cuts.length; i++) {
      pieces.get(first + i).add(new AckShare(acks.get(i), cuts[i]));
    }
  }

  private static int pieceOf(int item, int[] pieceEnds) {
    for (int i = 0; i < pieceEnds.length; i++) {
      if (item < pieceEnds[i]) {
        return i;
      }
    }
    return pieceEnds.length - 1;
  }
}
