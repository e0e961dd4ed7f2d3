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
  private final String reason;

  /**
   * Describes a failure.
   *
   * @param whose names who wants to listen, for the message
   */
  public CannotListenException(String whose, InetSocketAddress address, Throwable cause) {
    this(whose, address, String.valueOf(cause.getMessage()), cause);
  }

  private CannotListenException(
      String whose, InetSocketAddress address, String reason, Throwable cause) {
    super(whose + " cannot listen on " + address + ": " + reason);
    initCause(cause);
    this.address = address;
    this.reason = reason;
  }

  /** Returns the same failure under a name that the user knows. */
  public CannotListenException of(String whoseName) {
    return new CannotListenException(whoseName, address, reason, this);
  }

  /** Returns whether a socket that listens at {@code other} is in the way. */
  public boolean isDueTo(InetSocketAddress other) {
    return Listener.clash(address, other);
  }
}
