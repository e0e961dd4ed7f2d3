package io.millrace.exporter.sending;

/**
 * The circuit breaker of an exporter's endpoint: decides how many attempts the backend should see
 * at once, and from when on, given how it has answered lately. It never drops anything.
 *
 * <p>A backend that refuses some requests keeps all its slots: a refused request waits without one.
 * One that has failed many times with nothing between is taken to be down, and the breaker opens:
 * the backend sees one probe at a time, each after the wait of the one before, and from the first
 * success on twice as many with every success. A backend that asks for a pause sees nothing before
 * its end.
 *
 * <p>A backend is unwell while about half of its latest answers were failures: six in a row, or a
 * larger share of many. What a request waits then is not the request's fault.
 *
 * <p>Written under the lock of its queue; {@link #isOpen} and {@link #isUnwell} are read by anyone.
 */
final class Breaker {
  private static final int OPEN_AFTER_MIN = 10;
  private static final double WEIGHT = 1.0 / 8;
  private static final double UNWELL = 0.5;

  private final int slots;
  private final int openAfter;
  private int openSlots;
  private volatile int failuresInARow;
  private volatile double failureShare;
  private boolean paused;
  private long pauseEndNanos;

  /** Creates a closed breaker; {@code slots} is at least 1. */
  Breaker(int slots) {
    this.slots = slots;
    this.openSlots = slots;
    this.openAfter = Math.clamp(2L * slots, OPEN_AFTER_MIN, Integer.MAX_VALUE);
  }

  int openSlots() {
    return openSlots;
  }

  boolean isOpen() {
    return failuresInARow >= openAfter;
  }

  boolean isUnwell() {
    return failureShare >= UNWELL;
  }

  /** Returns how long the backend must be left alone. */
  long pauseNanos(long nowNanos) {
    paused = paused && pauseEndNanos - nowNanos > 0;
    return paused ? pauseEndNanos - nowNanos : 0;
  }

  /** Leaves the backend alone until {@code endNanos}, or longer if that was said before. */
  void pause(long endNanos) {
    pauseEndNanos = paused && pauseEndNanos - endNanos > 0 ? pauseEndNanos : endNanos;
    paused = true;
  }

  /** Notes a delivery, or a rejection for good, which shows life nevertheless. */
  void answered() {
    paused = paused && !isOpen();
    failuresInARow = 0;
    failureShare = moved(failureShare, 0);
    openSlots = (int) Math.min(2L * openSlots, slots);
  }

  /**
   * Notes a failure for the time being, or no answer; the request goes again at {@code dueNanos}.
   */
  void failed(long dueNanos) {
    failuresInARow = Math.min(failuresInARow + 1, openAfter);
    failureShare = moved(failureShare, 1);
    if (isOpen()) {
      openSlots = 1;
      pause(dueNanos);
    }
  }

  /** Opens, until {@code probeNanos} whatever is asked. */
  void open(long probeNanos) {
    failuresInARow = openAfter - 1;
    failed(probeNanos);
  }

  private static double moved(double average, int answer) {
    return average + (answer - average) * WEIGHT;
  }
}
