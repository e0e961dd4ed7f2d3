package io.millrace.transport.grpc;

/**
 * Answers the calls of one method. Called on event loops, by several of them at once: thread safe
 * and never blocking.
 */
public interface UnaryHandler {
  /**
   * Looks at a call before its message is read.
   *
   * @param read is run when the message is wanted, now or later, from any thread; otherwise the
   *     call is answered
   */
  default void check(UnaryCall call, Runnable read) {
    read.run();
  }

  /**
   * Takes the message and its reservation, in every case, and answers through {@code call}, now or
   * later.
   *
   * @param bytes the decompressed message, the whole array; the handler's from now on
   * @param reservedBytes what is reserved of the server's budget for it
   */
  void handle(UnaryCall call, byte[] bytes, long reservedBytes);

  /** Refuses a call whose message was not read for want of budget; nothing is reserved. */
  void refuse(UnaryCall call);
}
