package io.millrace.pdata;

import java.util.ArrayList;
import java.util.List;

/** The ordered acks of the senders whose items make up one batch. Thread safe. */
final class JoinedAck extends Ack {
  private final List<AckShare> shares;
  private final int items;
  private final long bytes;

  private JoinedAck(List<AckShare> shares) {
    this.shares = List.copyOf(shares);
    int sum = 0;
    long sumOfBytes = 0;
    for (AckShare share : shares) {
      sum = Math.addExact(sum, share.items());
      sumOfBytes += share.ack().bytes();
    }
    this.items = sum;
    this.bytes = sumOfBytes;
  }

  /** Joins; shares that were themselves joined are taken apart, so that joins never nest. */
  static Ack of(List<AckShare> shares) {
    List<AckShare> flat = new ArrayList<>(shares.size());
    for (AckShare share : shares) {
      flat.addAll(share.ack().shares(share.items()));
    }
    return flat.size() == 1 ? flat.getFirst().ack() : new JoinedAck(flat);
  }

  /** Settles every share, also behind one whose listener throws against its contract. */
  @Override
  protected void settled(Settlement settlement) {
    RuntimeException failure = null;
    for (AckShare share : shares) {
      try {
        share.ack().settle(settlement);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** This ack may be taken apart before it is settled; its shares live on. */
  @Override
  public void atEnd(Runnable ending) {
    shares.getFirst().ack().atEnd(ending);
  }

  @Override
  protected void settledAgain(Settlement settlement) {
    for (AckShare share : shares) {
      share.ack().settledAgain(settlement);
    }
  }

  @Override
  public List<AckShare> shares(int expectedItems) {
    if (expectedItems != items) {
      throw new IllegalArgumentException(
          "items: " + expectedItems + " (expected: " + items + ", the sum of the shares)");
    }
    return shares;
  }

  @Override
  public List<Ack> senders() {
    return shares.stream().map(AckShare::ack).toList();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  protected List<Ack> forked(int branches) {
    List<List<AckShare>> branchShares = ShareCut.lists(branches);
    for (AckShare share : shares) {
      List<Ack> acks = share.ack().fork(branches);
      for (int i = 0; i < branches; i++) {
        branchShares.get(i).add(new AckShare(acks.get(i), share.items()));
      }
    }
    return ShareCut.join(branchShares);
  }

  /** The shares of one batch count in the same books. */
  @Override
  public Ack heir(int heldItems, long heldBytes, Ack parent) {
    return shares.getFirst().ack().heir(heldItems, heldBytes, parent);
  }
}
