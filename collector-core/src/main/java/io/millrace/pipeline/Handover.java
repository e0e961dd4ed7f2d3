package io.millrace.pipeline;

import io.millrace.component.CannotListenException;
import io.millrace.component.Listener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports that a graph may want of the one that it replaces: where the system can do that, both
 * listen until everything has started. Confined to the control thread.
 */
final class Handover {
  private final List<InetSocketAddress> unshared = new ArrayList<>();
  private List<Listener> replaced;
  private boolean isBegun;

  /**
   * Prepares a handover.
   *
   * @param replaced what listens in the graph before and not in this one
   */
  Handover(List<Listener> replaced) {
    this.replaced = List.copyOf(replaced);
  }

  /** Offers the ports. */
  void begin() {
    isBegun = true;
    for (Listener listener : replaced) {
      if (!listener.offer()) {
        unshared.add(listener.address());
      }
    }
  }

  /** Takes back what is not wanted, or not taken by a start that has failed. */
  void end() {
    replaced.forEach(Listener::withdraw);
  }

  /** Leaves the ports to those that listen there now. */
  void complete() {
    replaced.forEach(Listener::close);
    replaced = List.of();
  }

  /** Returns whether a port is not to be had as long as the graph before runs. */
  boolean isBlocked(CannotListenException failure) {
    return isBegun
        ? unshared.stream().anyMatch(failure::isDueTo)
        : replaced.stream().map(Listener::address).anyMatch(failure::isDueTo);
  }
}
