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
   * Returns two requests in place of this one, which the backend refuses for good, so that what is
   * at fault ends up alone; nothing when it is not worth while. They have acks of their own.
   */
  List<? extends ExportRequest> withoutFault();

  /**
   * Returns two requests in place of this one, which is too large; nothing when it cannot be cut.
   */
  List<? extends ExportRequest> halves();
}
