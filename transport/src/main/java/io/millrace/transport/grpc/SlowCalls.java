package io.millrace.transport.grpc;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls whose message has not come yet, so that those who never send it do not hold their
 * charge, and the process's streams, for ever. Thread safe.
 */
final class SlowCalls {
  /** A call younger than this gives way to nobody. */
  private static final long YOUTH_NANOS = 1_000_000_000L;

  private final Set<InboundCall> waiting = ConcurrentHashMap.newKeySet();

  void add(InboundCall call) {
    waiting.add(call);
  }

  void remove(InboundCall call) {
    waiting.remove(call);
  }

  /** Ends the calls that take too long; for one thread. */
  void end() {
    long now = System.nanoTime();
    for (InboundCall call : waiting) {
      if (call.isTooSlow(now)) {
        call.expire();
      }
    }
  }

  /** Ends the call that has waited longest, unless even that one is young; returns whether. */
  boolean endOldest() {
    long now = System.nanoTime();
    Optional<InboundCall> oldest =
        waiting.stream()
            .filter(call -> now - call.startNanos() > YOUTH_NANOS)
            .max(Comparator.comparingLong(call -> now - call.startNanos()));
    oldest.ifPresent(InboundCall::expire);
    return oldest.isPresent();
  }
}
