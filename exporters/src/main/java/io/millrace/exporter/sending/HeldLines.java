package io.millrace.exporter.sending;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one lane until the backend knows its account, each account's in its order. Guarded
 * by the lock of its {@link SendQueue}.
 */
final class HeldLines {
  private final HeldAccounts accounts;
  private final HeldRoom room;
  private final Map<Account, ArrayDeque<PendingBatch>> lines = new LinkedHashMap<>();

  HeldLines(HeldAccounts accounts, HeldRoom room) {
    this.accounts = accounts;
    this.room = room;
  }

  /** Puts aside what was not sent, behind what waits for its account already. */
  void add(Account account, PendingBatch batch) {
    line(account).addLast(batch);
    room.add(batch);
  }

  /** Puts aside what was sent in vain, in front of what waits for its account already. */
  void addFirst(Account account, PendingBatch batch) {
    line(account).addFirst(batch);
    room.add(batch);
  }

  private ArrayDeque<PendingBatch> line(Account account) {
    return lines.computeIfAbsent(account, a -> new ArrayDeque<>());
  }

  /** Returns what goes to find out whether the backend knows its account by now. */
  @Nullable PendingBatch pollProbe(long nowNanos, boolean draining) {
    Iterator<Map.Entry<Account, ArrayDeque<PendingBatch>>> all = lines.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Account, ArrayDeque<PendingBatch>> line = all.next();
      if (draining || accounts.heldNanos(line.getKey(), nowNanos) == 0) {
        PendingBatch probe = line.getValue().removeFirst();
        room.remove(probe);
        if (line.getValue().isEmpty()) {
          all.remove();
        }
        return probe;
      }
    }
    return null;
  }

  /** Returns in how many nanoseconds something may go, {@link Lane#NOTHING} when nothing waits. */
  long nextNanos(long nowNanos) {
    long next = Lane.NOTHING;
    for (Account account : lines.keySet()) {
      next = Math.min(next, accounts.heldNanos(account, nowNanos));
    }
    return next;
  }

  /** Gives back what waits for an account, which is no longer held, in its order. */
  ArrayDeque<PendingBatch> release(Account account) {
    ArrayDeque<PendingBatch> released = lines.remove(account);
    if (released == null) {
      return new ArrayDeque<>();
    }
    released.forEach(room::remove);
    return released;
  }

  /** Gives away what came before {@code arrivedNanos} and waits for the account since then. */
  void giveUpOlder(Account account, long arrivedNanos, Collection<PendingBatch> target) {
    ArrayDeque<PendingBatch> line = lines.get(account);
    while (line != null && !line.isEmpty() && line.getFirst().enqueuedNanos - arrivedNanos < 0) {
      giveUp(line.removeFirst(), target);
    }
    removeIfEmpty(account);
  }

  /** Gives away the latest that waits for the account until the room for all is kept. */
  void giveUpExcess(Account account, Collection<PendingBatch> target) {
    ArrayDeque<PendingBatch> line = lines.get(account);
    while (line != null && !line.isEmpty() && room.isExceeded()) {
      giveUp(line.removeLast(), target);
    }
    removeIfEmpty(account);
  }

  private void giveUp(PendingBatch batch, Collection<PendingBatch> target) {
    room.remove(batch);
    target.add(batch);
  }

  private void removeIfEmpty(Account account) {
    lines.computeIfPresent(account, (a, line) -> line.isEmpty() ? null : line);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  void moveAllTo(Collection<PendingBatch> target) {
    lines.values().forEach(target::addAll);
    lines.clear();
  }
}
