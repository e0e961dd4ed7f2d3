package io.millrace.exporter.sending;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which accounts a backend does not know and when to ask for each again, and which it
 * does know. Of many the one that was noted first is forgotten: it is asked for sooner. Guarded by
 * the lock of its {@link SendQueue}.
 */
final class HeldAccounts {
  static final int ACCOUNTS_MAX = 1000;

  /** One that was not asked for so long after its time sends nothing any more. */
  private static final long FORGOTTEN_NANOS = 4 * SendQueue.PROBE_NANOS;

  private final Map<Account, Long> dueNanos = bounded();
  private final Map<Account, Boolean> known = bounded();

  private static <V> Map<Account, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Account, V> eldest) {
        return size() > ACCOUNTS_MAX;
      }
    };
  }

  /**
   * Holds an account until the time of its next probe; of two times the later one counts. With the
   * first that is held it may be the exporter itself that is not known any more: then nobody counts
   * as known who is not served again.
   */
  void hold(Account account, long probeNanos) {
    dueNanos.values().removeIf(due -> probeNanos - due > FORGOTTEN_NANOS);
    if (dueNanos.isEmpty()) {
      known.clear();
    }
    known.remove(account);
    dueNanos.merge(account, probeNanos, (a, b) -> a - b > 0 ? a : b);
  }

  /** Returns how long an account is held from now on, 0 when it is not. */
  long heldNanos(Account account, long nowNanos) {
    Long due = dueNanos.get(account);
    return due == null ? 0 : Math.max(0, due - nowNanos);
  }

  /** Notes that the backend knows an account; returns whether it was held. */
  boolean isKnownNow(Account account) {
    known.put(account, true);
    return dueNanos.remove(account) != null;
  }

  /** Returns whether others suffer if those that are held take all of the queue. */
  boolean othersAreKnown() {
    return !known.isEmpty();
  }

  int count() {
    return dueNanos.size();
  }
}
