package io.millrace.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the collector with a life: created, started at most once, shut down.
 *
 * <p>Start and shutdown are called by one control thread. {@link #shutdown()} is also called on a
 * component that was never started or failed to start, and may be called twice; the second call
 * does nothing.
 */
public interface Component {
  /**
   * Begins work. Downstream parts have been started before.
   *
   * @throws Exception when the component cannot work, a {@link CannotListenException} when a port
   *     is taken; the collector then shuts down what it started and exits, or goes on with what it
   *     was to replace
   */
  default void start() throws Exception {}

  /**
   * Finishes what was taken, within the host's deadline, and frees everything. Nothing reaches the
   * component afterwards.
   */
  default void shutdown() {}

  /** Returns what it listens with; nothing unless it has started. */
  default List<Listener> listeners() {
    return List.of();
  }

  /**
   * Returns what keeps the component from its work for now; {@code null} when nothing does. Called
   * by any thread.
   */
  default @Nullable ComponentError error() {
    return null;
  }
}
