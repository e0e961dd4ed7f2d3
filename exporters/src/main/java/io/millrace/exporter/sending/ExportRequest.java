package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import java.util.List;

/**
 * What one attempt brings to the backend: a batch, or the part of a batch that goes to one lane.
 * Thread safe.
 */
public interface ExportRequest {
  int items();

  /** What it holds in memory, in bytes. */
  int length();

  Ack ack();

  /** Makes one attempt; see {@link Sender#send}. */
  void send(long timeoutNanos, SendCallback callback);

  /**
   * Returns two requests in place of this one, with acks of their own: the first {@code items} of
   * it, at least one and not all, and the others; nothing when it cannot be cut.
   */
  List<? extends ExportRequest> cut(int items);
}
