package io.millrace.transport.grpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls whose message has not come yet, so that those who never send it do not hold their
 * charge, and the process's streams, for ever. Thread safe.
 */
final class SlowCalls {
  private final Set<InboundCall> waiting = ConcurrentHashMap.newKeySet();
  private final long patienceNanos;

  SlowCalls(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  void add(InboundCall call) {
    waiting.add(call);
  }

  void remove(InboundCall call) {
    waiting.remove(call);
  }

  /** Ends the calls that have taken too long. */
  void end() {
    long before = System.nanoTime() - patienceNanos;
    for (InboundCall call : waiting) {
      if (call.startNanos() - before < 0) {
        call.expire();
      }
    }
  }
}
