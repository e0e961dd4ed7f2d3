package io.millrace.exporter.sending;

/**
 * Decides how many attempts a backend should see at once, given how it has answered lately.
 *
 * <p>A backend that refuses some requests keeps all its slots: a refused batch waits without one. A
 * backend that has failed many times with nothing between is taken to be down: it sees one probe at
 * a time, and after the first success twice as many with every success.
 *
 * <p>Written under the lock of its queue; {@link #isDown} is read by anyone.
 */
final class Gate {
  private static final int DOWN_AFTER_MIN = 10;

  private final int slots;
  private final int downAfter;
  private int openSlots;
  private volatile int failuresInARow;

  /** Creates an open gate; {@code slots} is at least 1. */
  Gate(int slots) {
    this.slots = slots;
    this.openSlots = slots;
    // With one slot the order of batches survives if nothing overtakes a batch that is waiting.
    this.downAfter = slots == 1 ? 1 : Math.clamp(2L * slots, DOWN_AFTER_MIN, Integer.MAX_VALUE);
  }

  int openSlots() {
    return openSlots;
  }

  boolean isDown() {
    return failuresInARow >= downAfter;
  }

  /** Notes a delivery, or a rejection for good, which shows life nevertheless. */
  void answered() {
    failuresInARow = 0;
    openSlots = (int) Math.min(2L * openSlots, slots);
  }

  /** Notes a failure for the time being, or no answer. */
  void failed() {
    failuresInARow = Math.min(failuresInARow + 1, downAfter);
    if (isDown()) {
      openSlots = 1;
    }
  }
}
