package io.millrace.transport;

import io.millrace.component.Listener;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports of this process that one more listener of this process may bind, see {@link Listener}.
 *
 * <p>Two sockets share a port when both ask the system for {@code SO_REUSEPORT}. To ask always
 * would let two collectors listen that were started by mistake, each with a part of the requests,
 * so a listener asks only for a port that is offered, and each offer is taken once. Thread safe.
 */
public final class OfferedPorts {
  private static final Set<InetSocketAddress> OFFERS = ConcurrentHashMap.newKeySet();

  private OfferedPorts() {}

  /** Offers a port whose listener shares it from now on. */
  public static void add(InetSocketAddress address) {
    OFFERS.add(address);
  }

  /** Takes an offer back, if it is still there. */
  public static void remove(InetSocketAddress address) {
    OFFERS.remove(address);
  }

  /** Takes the offers that are in the way of a listener; returns whether there are any. */
  public static boolean take(InetSocketAddress wanted) {
    return OFFERS.removeIf(offer -> Listener.clash(offer, wanted));
  }
}
