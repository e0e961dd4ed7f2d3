package io.millrace.exporter.sending;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one lane until the backend knows its account, each account's in its order. Accounts
 * take turns. Guarded by the lock of its {@link SendQueue}.
 */
final class HeldLines {
  private final boolean keepsOrder;
  private final HeldAccounts accounts;
  private final HeldRoom room;
  private final Map<Account, HeldLine> lines = new LinkedHashMap<>();

  /** Before it no line is due, so that none needs to be looked at. */
  private long nextDueNanos;

  HeldLines(boolean keepsOrder, HeldAccounts accounts, HeldRoom room) {
    this.keepsOrder = keepsOrder;
    this.accounts = accounts;
    this.room = room;
  }

  /** Puts aside what does not go before {@code dueNanos}. */
  void add(Account account, PendingBatch batch, long nowNanos, long dueNanos) {
    if (!batch.isHeld) {
      batch.isHeld = true;
      batch.heldSinceNanos = nowNanos;
    }
    boolean isSooner = lines.isEmpty() || dueNanos - nextDueNanos < 0;
    nextDueNanos = isSooner ? dueNanos : nextDueNanos;
    HeldLine line = lines.computeIfAbsent(account, a -> new HeldLine(keepsOrder, dueNanos));
    line.dueNanos = dueNanos - line.dueNanos > 0 ? dueNanos : line.dueNanos;
    line.add(batch);
    room.add(batch);
  }

  boolean has(Account account) {
    return lines.containsKey(account);
  }

  /** Returns what goes to find out whether the backend knows its account by now. */
  @Nullable PendingBatch pollProbe(long nowNanos, boolean draining) {
    Account account = draining ? first() : findDue(nowNanos);
    if (account == null) {
      return null;
    }
    HeldLine line = requireNonNull(lines.remove(account));
    PendingBatch probe = line.removeProbe();
    room.remove(probe);
    if (!line.isEmpty()) {
      line.dueNanos = nowNanos + SendQueue.PROBE_NANOS;
      lines.put(account, line);
    }
    return probe;
  }

  private @Nullable Account first() {
    return lines.isEmpty() ? null : lines.keySet().iterator().next();
  }

  private @Nullable Account findDue(long nowNanos) {
    if (lines.isEmpty() || nextDueNanos - nowNanos > 0) {
      return null;
    }
    long soonest = Long.MAX_VALUE;
    for (Map.Entry<Account, HeldLine> line : lines.entrySet()) {
      long wait =
          Math.max(
              line.getValue().dueNanos - nowNanos, accounts.heldNanos(line.getKey(), nowNanos));
      if (wait <= 0) {
        return line.getKey();
      }
      soonest = Math.min(soonest, wait);
    }
    nextDueNanos = nowNanos + soonest;
    return null;
  }

  /** Returns in how many nanoseconds something may go, {@link Lane#NOTHING} when nothing waits. */
  long nextNanos(long nowNanos) {
    if (lines.isEmpty()) {
      return Lane.NOTHING;
    }
    return findDue(nowNanos) == null ? nextDueNanos - nowNanos : 0;
  }

  /** Gives back what waits for an account, which is no longer held, in its order. */
  List<PendingBatch> release(Account account) {
    HeldLine line = lines.remove(account);
    List<PendingBatch> released = line == null ? List.of() : line.all();
    released.forEach(room::remove);
    return released;
  }

  /** Gives away what waits for the account and fulfils a condition. */
  void giveUpIf(
      Account account, Predicate<PendingBatch> condition, Collection<PendingBatch> target) {
    HeldLine line = lines.get(account);
    if (line != null) {
      List<PendingBatch> given = new ArrayList<>();
      line.moveIf(condition, given);
      given.forEach(room::remove);
      target.addAll(given);
      removeIfEmpty(account, line);
    }
  }

  /** Gives away the latest that waits for the account until the room for all is kept. */
  void giveUpExcess(Account account, Collection<PendingBatch> target) {
    HeldLine line = lines.get(account);
    if (line != null) {
      while (!line.isEmpty() && room.isExceeded()) {
        PendingBatch latest = line.removeLatest();
        room.remove(latest);
        target.add(latest);
      }
      removeIfEmpty(account, line);
    }
  }

  private void removeIfEmpty(Account account, HeldLine line) {
    if (line.isEmpty()) {
      lines.remove(account);
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  void moveAllTo(Collection<PendingBatch> target) {
    lines.values().forEach(line -> target.addAll(line.all()));
    lines.clear();
  }
}
