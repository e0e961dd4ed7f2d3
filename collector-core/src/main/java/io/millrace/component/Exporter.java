package io.millrace.component;

/**
 * A stage that brings batches to their destination and owns its queue, connections and concurrency.
 *
 * <p>One instance per configured id and signal serves all pipelines. {@link #consume} is called by
 * several ring threads at once.
 */
public interface Exporter extends Stage {
  /**
   * Returns whether a full queue of this exporter makes the door refuse, even when other branches
   * have room ({@code on_full: refuse}). Constant.
   */
  default boolean isMandatory() {
    return false;
  }

  /**
   * Returns whether senders may be told of success only after this exporter has delivered.
   * Constant.
   */
  default boolean waitsForResult() {
    return false;
  }

  /**
   * Returns whether the queue could take one more batch within its bounds, reservations not
   * counted.
   *
   * <p>The fan-out asks, past the door and on any ring thread, and leaves out a branch without room
   * as long as another has some. Whatever the answer was, {@link #consume} takes what it is given.
   */
  default boolean hasRoom() {
    return true;
  }
}
