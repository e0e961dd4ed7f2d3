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

  /** Halving 2^14 items or senders down to a good one takes no more rejections than this. */
  private static final int REJECTIONS_MAX = 32;

  private final int slots;
  private final int downAfter;
  private int openSlots;
  private volatile int failuresInARow;
  private int rejectionsInARow;

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

  /**
   * Returns whether it is worth while to look for what is at fault in a rejected batch. A backend
   * that rejects whatever it is sent must not be sent everything twice over in pieces.
   */
  boolean takesSomething() {
    return rejectionsInARow < REJECTIONS_MAX;
  }

  /** Notes a delivery. */
  void delivered() {
    rejectionsInARow = 0;
    answered();
  }

  /** Notes a rejection for good, which shows life nevertheless. */
  void rejected() {
    rejectionsInARow = Math.min(rejectionsInARow + 1, REJECTIONS_MAX);
    answered();
  }

  private void answered() {
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
