package io.millrace.exporter.sending;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What waits in one lane until the backend knows one account: what was sent in vain, and behind it
 * what was not sent. Guarded by the lock of its {@link SendQueue}.
 */
final class HeldLine {
  private final boolean keepsOrder;
  private final ArrayDeque<PendingBatch> tried = new ArrayDeque<>();
  private final ArrayDeque<PendingBatch> untried = new ArrayDeque<>();

  /** Nothing goes before. */
  long dueNanos;

  HeldLine(boolean keepsOrder, long dueNanos) {
    this.keepsOrder = keepsOrder;
    this.dueNanos = dueNanos;
  }

  void add(PendingBatch batch) {
    if (batch.failures == 0) {
      untried.addLast(batch);
    } else if (keepsOrder) {
      tried.addFirst(batch);
    } else {
      tried.addLast(batch);
    }
  }

  /**
   * Removes the next probe: where no order is kept another each time, for a backend may refuse the
   * one for what is in it.
   */
  PendingBatch removeProbe() {
    boolean isTried = untried.isEmpty() || (keepsOrder && !tried.isEmpty());
    return isTried ? tried.removeFirst() : untried.removeFirst();
  }

  PendingBatch removeLatest() {
    return untried.isEmpty() ? tried.removeLast() : untried.removeLast();
  }

  /** Moves what fulfils a condition. */
  void moveIf(Predicate<PendingBatch> condition, Collection<PendingBatch> target) {
    Predicate<PendingBatch> move = batch -> condition.test(batch) && target.add(batch);
    tried.removeIf(move);
    untried.removeIf(move);
  }

  /** Returns all in their order. */
  List<PendingBatch> all() {
    List<PendingBatch> all = new ArrayList<>(tried);
    all.addAll(untried);
    return all;
  }

  boolean isEmpty() {
    return tried.isEmpty() && untried.isEmpty();
  }
}
