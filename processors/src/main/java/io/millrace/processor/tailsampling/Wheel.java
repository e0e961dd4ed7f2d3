package io.millrace.processor.tailsampling;

import java.time.Duration;

/**
 * When each trace is to be decided: a timing wheel of one turn (Varghese and Lauck), one list of
 * traces for each tick up to the longest wait.
 *
 * <p>A tick is 100 ms, or more where the wait is long. Traces come out in the order of their ticks,
 * and within one in the order in which they got their deadline. Confined to the ring thread.
 */
final class Wheel {
  static final Duration TICK_MIN = Duration.ofMillis(100);

  private static final int TICKS_MAX = 4096;

  private final TraceTable traces;
  private final RowLists lists;
  private final int size;
  private final long tickNanos;
  private final long originNanos;

  /** No trace has a deadline before this tick. */
  private int hand;

  /**
   * Creates an empty wheel.
   *
   * @param wait the longest between setting a deadline and reaching it
   */
  Wheel(TraceTable traces, Duration wait, long nanos) {
    this.traces = traces;
    this.tickNanos = Math.max(TICK_MIN.toNanos(), wait.toNanos() / TICKS_MAX + 1);
    this.size = (int) (wait.toNanos() / tickNanos) + 3;
    this.lists = traces.lists(TraceTable.WHEEL_LINK, size);
    this.originNanos = nanos;
  }

  /** Sets the deadline of a trace that has none: the first tick that begins at {@code nanos}. */
  void add(int trace, long nanos) {
    enter(trace, Math.max(hand, tickAfter(nanos)));
  }

  /** Moves the deadline of a trace to an earlier one; never to a later one. */
  void hasten(int trace, long nanos) {
    int tick = Math.max(hand, tickAfter(nanos));
    if (tick < traces.deadline(trace)) {
      remove(trace);
      enter(trace, tick);
    }
  }

  /** Stays within one turn, also when decisions are so late that the hand lags behind. */
  private void enter(int trace, int tick) {
    int place = Math.min(tick, hand + size - 1);
    traces.deadline(trace, place);
    lists.addLast(place % size, trace);
  }

  void remove(int trace) {
    lists.remove(traces.deadline(trace) % size, trace);
  }

  /** Returns a trace whose time is up, or {@link Rows#NONE}. */
  int due(long nanos) {
    int now = (int) ((nanos - originNanos) / tickNanos);
    while (hand < now && lists.first(hand % size) == Rows.NONE) {
      hand++;
    }
    return hand <= now ? lists.first(hand % size) : Rows.NONE;
  }

  /** Returns the trace to be decided first, whenever that is, or {@link Rows#NONE}. */
  int first() {
    for (int turn = 0; turn < size; turn++) {
      int trace = lists.first((hand + turn) % size);
      if (trace != Rows.NONE) {
        return trace;
      }
    }
    return Rows.NONE;
  }

  private int tickAfter(long nanos) {
    return (int) Math.ceilDiv(nanos - originNanos, tickNanos);
  }
}
