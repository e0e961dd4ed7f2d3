package io.millrace.pdata;

/**
 * One sender's part of a joined batch. Immutable.
 *
 * @param ack settled when all of the sender's items in the batch have ended
 * @param items how many of the batch's items, counted from the end of the previous share, are the
 *     sender's; at least 0
 */
public record AckShare(Ack ack, int items) {
  public AckShare {
    if (items < 0) {
      throw new IllegalArgumentException("items: " + items + " (expected: >= 0)");
    }
  }
}
