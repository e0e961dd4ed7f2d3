package io.millrace.testkit;

import io.millrace.component.ByteBudget;
import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A door without pipelines behind it: keeps every request and replies as it was told last.
 *
 * <p>It gives the reservation back before it replies, so a test whose senders have all been
 * answered asserts that {@link #budget()} is at zero. Thread safe.
 */
public final class RecordingDoor implements Door {
  private static final long UNREAD_HINT_NANOS = 1_000_000_000L;

  private final ByteBudget budget;
  private final Set<Signal> signals;
  private final List<InboundRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Runnable> held = new ArrayList<>(); // guarded by itself, like the next
  private final AtomicInteger unread = new AtomicInteger();
  private final AtomicInteger unreadable = new AtomicInteger();
  private volatile Consumer<Reply> script = Reply::accepted;
  private boolean holding;

  /** Takes every signal but profiles, and has a budget of 64 MiB. */
  public RecordingDoor() {
    this(new ByteBudget(64 << 20), EnumSet.complementOf(EnumSet.of(Signal.PROFILES)));
  }

  /** Takes the given signals, out of the given budget. */
  public RecordingDoor(ByteBudget budget, Set<Signal> signals) {
    this.budget = budget;
    this.signals = Set.copyOf(signals);
  }

  /** Accepts from now on; so does a new door. */
  public void accept() {
    script = Reply::accepted;
  }

  /** Refuses from now on, with a hint. */
  public void refuse(String reason, long retryAfterNanos) {
    script = reply -> reply.refused(reason, retryAfterNanos);
  }

  /** Rejects from now on. */
  public void reject(String reason) {
    script = reply -> reply.rejected(reason);
  }

  /** Answers from now on that the request can never fit. */
  public void tooLarge(String reason) {
    script = reply -> reply.tooLarge(reason);
  }

  /** Throws from now on, like a door with a bug, and never replies. */
  public void fail() {
    script =
        reply -> {
          throw new IllegalStateException("a bug in the door, on purpose");
        };
  }

  /** Keeps replies and reservations back until {@link #releaseHeld()}. */
  public void hold() {
    synchronized (held) {
      holding = true;
    }
  }

  /**
   * Stops holding and replies, on this thread, to everything that was held, as the script was when
   * it came.
   */
  public void releaseHeld() {
    List<Runnable> ends;
    synchronized (held) {
      holding = false;
      ends = List.copyOf(held);
      held.clear();
    }
    ends.forEach(Runnable::run);
  }

  @Override
  public boolean takes(Signal signal) {
    return signals.contains(signal);
  }

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public void enter(InboundRequest request, Reply reply) {
    Consumer<Reply> answer = script;
    requests.add(request);
    Runnable end =
        () -> {
          budget.release(request.reservedBytes());
          answer.accept(reply);
        };
    synchronized (held) {
      if (holding) {
        held.add(end);
        return;
      }
    }
    end.run();
  }

  @Override
  public void refuseUnread(Signal signal, String transport, Reply reply) {
    unread.incrementAndGet();
    reply.refused("budget", UNREAD_HINT_NANOS);
  }

  @Override
  public void rejectUnreadable(Signal signal, String transport, String reason, Reply reply) {
    unreadable.incrementAndGet();
    reply.rejected(reason);
  }

  /** Returns how many requests were rejected because they could not be read. */
  public int unreadableCount() {
    return unreadable.get();
  }

  /** Returns what has entered, in order. */
  public List<InboundRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns how many replies are held. */
  public int heldCount() {
    synchronized (held) {
      return held.size();
    }
  }

  /** Returns how many requests were refused without being read. */
  public int unreadCount() {
    return unread.get();
  }
}
