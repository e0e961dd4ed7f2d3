package io.millrace.transport;

import io.millrace.component.Listener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of this process that one more listener of this process may bind, see {@link Listener}.
 *
 * <p>Two sockets share a port when both ask the system for {@code SO_REUSEPORT}. To ask always
 * would let two collectors listen that were started by mistake, each with a part of the requests,
 * so a listener asks only for a port that is offered. An offer is taken once, but for an address of
 * all networks by one listener for each network. Thread safe.
 */
public final class OfferedPorts {
  /** What is offered, and to whom it went. */
  private static final Map<InetSocketAddress, List<InetSocketAddress>> OFFERS = new HashMap<>();

  private OfferedPorts() {}

  /** Offers a port whose listener shares it from now on. */
  public static synchronized void add(InetSocketAddress address) {
    OFFERS.put(address, new ArrayList<>());
  }

  /** Takes an offer back, if it is still there. */
  public static synchronized void remove(InetSocketAddress address) {
    OFFERS.remove(address);
  }

  /** Takes the offers that are in the way of a listener; returns whether there are any. */
  public static synchronized boolean take(InetSocketAddress wanted) {
    boolean isTaken = false;
    for (Map.Entry<InetSocketAddress, List<InetSocketAddress>> offer : OFFERS.entrySet()) {
      List<InetSocketAddress> takers = offer.getValue();
      if (Listener.clash(offer.getKey(), wanted)
          && takers.stream().noneMatch(taker -> Listener.clash(taker, wanted))) {
        takers.add(wanted);
        isTaken = true;
      }
    }
    return isTaken;
  }
}
