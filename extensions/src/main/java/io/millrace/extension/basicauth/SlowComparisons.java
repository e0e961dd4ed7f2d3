package io.millrace.extension.basicauth;

import io.millrace.component.ServerAuthenticator.Authentication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares passwords with slow hashes, one after the other on one thread. Whoever asks for what is
 * being compared waits for the same comparison, however many they are; everybody is told in the
 * end, at the latest at the shutdown. Thread safe.
 */
final class SlowComparisons {
  private static final Logger LOG = LoggerFactory.getLogger(SlowComparisons.class);
  private static final int COMPARISONS_MAX = 64;

  /** Each is a request of which something has arrived. */
  private static final int WAITING_MAX = 256;

  private static final Authentication OVERLOADED = new Authentication.Overloaded();

  private final Object lock = new Object();
  private final ThreadPoolExecutor thread;

  /** Who waits for which comparison; under the lock. */
  private final Map<LoginDigest, List<Consumer<Authentication>>> waiting = new HashMap<>();

  private int waitingCount;
  private boolean isStopped;

  SlowComparisons(String name) {
    thread =
        new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(COMPARISONS_MAX),
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Compares unless that is under way; tells the result, or that there are too many. */
  void compare(
      LoginDigest login, Supplier<Authentication> comparison, Consumer<Authentication> result) {
    if (!enter(login, comparison, result)) {
      result.accept(OVERLOADED);
    }
  }

  private boolean enter(
      LoginDigest login, Supplier<Authentication> comparison, Consumer<Authentication> result) {
    synchronized (lock) {
      if (isStopped || waitingCount == WAITING_MAX) {
        return false;
      }
      List<Consumer<Authentication>> others = waiting.get(login);
      if (others != null) {
        others.add(result);
      } else if (!begin(login, comparison)) {
        return false;
      } else {
        waiting.put(login, new ArrayList<>(List.of(result)));
      }
      waitingCount++;
      return true;
    }
  }

  private boolean begin(LoginDigest login, Supplier<Authentication> comparison) {
    try {
      thread.execute(() -> tell(login, comparison.get()));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void tell(LoginDigest login, Authentication found) {
    List<Consumer<Authentication>> all;
    synchronized (lock) {
      all = waiting.getOrDefault(login, List.of());
      waiting.remove(login);
      waitingCount -= all.size();
    }
    for (Consumer<Authentication> result : all) {
      try {
        result.accept(found);
      } catch (RuntimeException e) { // of one request, and the others still wait
        LOG.warn("A request could not be told who sent it", e);
      }
    }
  }

  /** Asks all who wait to come back; from now on everybody. */
  void shutdown() {
    List<LoginDigest> left;
    synchronized (lock) {
      isStopped = true;
      left = List.copyOf(waiting.keySet());
    }
    thread.shutdownNow();
    left.forEach(login -> tell(login, OVERLOADED));
  }
}
