package io.millrace.transport.grpc;

/**
 * Takes the result of an outbound call: one of the methods is called, once, on an event loop or on
 * the calling thread; must not block or throw.
 */
public interface UnaryResponse {
  /** The call was answered OK. */
  void succeeded(byte[] message);

  /**
   * The call failed, at the peer or on the way.
   *
   * @param retryAfterNanos the peer's {@code RetryInfo}, 0 without one, 1 where it names no delay;
   *     not clamped
   */
  void failed(GrpcCode code, String message, long retryAfterNanos);
}
