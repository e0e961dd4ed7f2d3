package io.millrace.component;

import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * An address cannot be listened on: somebody else does, or it is not one of this machine's.
 * Immutable.
 */
public final class CannotListenException extends BindException {
  private static final long serialVersionUID = 1L;

  private final InetSocketAddress address;

  /**
   * Describes a failure.
   *
   * @param whose names who wants to listen, for the message
   */
  public CannotListenException(String whose, InetSocketAddress address, Throwable cause) {
    super(whose + " cannot listen on " + address + ": " + cause.getMessage());
    initCause(cause);
    this.address = address;
  }

  /** Returns whether a socket that listens at {@code other} is in the way. */
  public boolean isDueTo(InetSocketAddress other) {
    return address.getPort() == other.getPort()
        && (isEverywhere(address)
            || isEverywhere(other)
            || address.getAddress().equals(other.getAddress()));
  }

  private static boolean isEverywhere(InetSocketAddress any) {
    return any.getAddress().isAnyLocalAddress();
  }
}
