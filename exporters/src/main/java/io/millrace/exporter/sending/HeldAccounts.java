package io.millrace.exporter.sending;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which accounts a backend does not know, and when to ask for each again. Of many the one
 * that was held first is forgotten, and asked for sooner. Thread safe.
 */
final class HeldAccounts {
  private static final int ACCOUNTS_MAX = 1000;

  private final Map<String, Long> probeNanos =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ACCOUNTS_MAX;
        }
      };

  /** Holds an account until the time of its next probe. */
  synchronized void hold(String account, long dueNanos) {
    probeNanos.put(account, dueNanos);
  }

  /** Returns how long an account is held from now on, 0 when it is not. */
  synchronized long heldNanos(String account, long nowNanos) {
    Long due = probeNanos.get(account);
    return due == null ? 0 : Math.max(0, due - nowNanos);
  }

  synchronized void release(String account) {
    probeNanos.remove(account);
  }
}
