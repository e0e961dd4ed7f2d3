package io.millrace.exporter.sending;

import io.millrace.pdata.AckShare;
import java.util.List;

/**
 * Cuts a request that a backend refuses as a whole, so that what is at fault ends up alone, and
 * knows when to stop.
 *
 * <p>Halving finds one bad sender or item among n with at most 2 log n + 2 requests. Senders are
 * told apart however many are bad, which never needs more than twice as many requests as sending
 * each alone. Within the items of one sender the search ends after {@link #REFUSALS_MAX} refusals
 * of the batch with nothing taken between, or when more than a twentieth of the sender's items, and
 * more than {@link #BAD_ITEMS_MIN}, have turned out bad: a backend that takes nothing must not be
 * asked for every item.
 *
 * <p>The pieces of a batch share its memory; one of them is under way at a time.
 */
final class Isolation {
  private static final int REFUSALS_MAX = 32;
  private static final int BAD_ITEMS_MIN = 8;
  private static final int BAD_ITEMS_SHARE = 20;

  private final Refusals refusals;
  private final int badItemsMax;
  private int badItems;

  private Isolation(Refusals refusals, int items) {
    this.refusals = refusals;
    this.badItemsMax = Math.max(BAD_ITEMS_MIN, items / BAD_ITEMS_SHARE);
  }

  /** Begins with a request that nothing is known of. */
  static Isolation of(ExportRequest request) {
    return new Isolation(new Refusals(), request.items());
  }

  /** Returns the memory for a piece of a request that was cut between senders. */
  Isolation ofSender(ExportRequest piece) {
    return new Isolation(refusals, piece.items());
  }

  /** Returns how many senders have items in a request. */
  static int senders(ExportRequest request) {
    return itemsOfSenders(request).length;
  }

  /** Returns two requests with half of the senders each; nothing when there is only one. */
  static List<? extends ExportRequest> bySender(ExportRequest request) {
    int[] items = itemsOfSenders(request);
    int first = 0;
    for (int i = 0; i < items.length / 2; i++) {
      first += items[i];
    }
    return first == 0 ? List.of() : request.cut(first);
  }

  /** Returns two requests with half of the items each; nothing when there is only one. */
  static List<? extends ExportRequest> bySize(ExportRequest request) {
    return request.items() < 2 ? List.of() : request.cut(request.items() / 2);
  }

  private static int[] itemsOfSenders(ExportRequest request) {
    return request.ack().shares(request.items()).stream()
        .mapToInt(AckShare::items)
        .filter(items -> items > 0)
        .toArray();
  }

  /** Returns whether to halve what is too large. */
  boolean isWorthHalving() {
    return refusals.inARow < REFUSALS_MAX;
  }

  /** Returns whether to look for the bad items among one sender's. */
  boolean isWorthSearching() {
    return isWorthHalving() && badItems <= badItemsMax;
  }

  /** Notes that the backend took a piece. */
  void taken() {
    refusals.inARow = 0;
  }

  /** Notes that a piece was given up as too large. */
  void tooLarge() {
    refusals.inARow++;
  }

  /** Notes that a piece was given up as bad. */
  void bad(int items) {
    refusals.inARow++;
    badItems += items;
  }

  /** What the whole batch has shown. */
  private static final class Refusals {
    private int inARow;
  }
}
