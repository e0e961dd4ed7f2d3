package io.millrace.component;

import java.net.InetSocketAddress;

/**
 * A listening socket of a component. In a reload a successor takes its port: {@link #offer}, then
 * the successor starts, then {@link #withdraw}, and {@link #close} where that has worked. Methods
 * are the control thread's.
 */
public interface Listener {
  /** Returns where it listens, with its port. */
  InetSocketAddress address();

  /** Returns whether two listeners would be in each other's way. */
  static boolean clash(InetSocketAddress one, InetSocketAddress other) {
    return !one.isUnresolved()
        && !other.isUnresolved()
        && one.getPort() == other.getPort()
        && (one.getAddress().isAnyLocalAddress()
            || other.getAddress().isAnyLocalAddress()
            || one.getAddress().equals(other.getAddress()));
  }

  /**
   * Lets one other listener of this process bind the port.
   *
   * @return whether the system can do that
   */
  boolean offer();

  /** Takes back an offer that nobody has taken. */
  void withdraw();

  /** Takes no new connections; requests under way go on. Does not wait for anybody. */
  void close();
}
