package io.millrace.transport.grpc;

import java.util.List;
import java.util.Map;

/**
 * One inbound call: who calls, and how to answer.
 *
 * <p>{@link #succeed} or {@link #fail} is called once, from any thread; neither blocks nor throws,
 * also when the caller is gone.
 */
public interface UnaryCall {
  /** The peer as {@code ip:port}, or empty where unknown. */
  String peer();

  /** Decodes the text headers by lower-case name; costs an object per header. */
  Map<String, List<String>> metadata();

  /** Answers OK with an empty message. */
  void succeed();

  /**
   * Answers with an error.
   *
   * @param retryAfterNanos goes out as {@code google.rpc.RetryInfo}; 0 for no hint
   */
  void fail(GrpcCode code, String message, long retryAfterNanos);
}
