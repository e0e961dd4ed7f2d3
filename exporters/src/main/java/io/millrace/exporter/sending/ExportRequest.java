package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt brings to the backend: a batch, or the part of a batch that goes to one lane.
 * Thread safe.
 */
public interface ExportRequest {
  int items();

  /** What it holds in memory, in bytes. */
  int length();

  Ack ack();

  /**
   * The name it goes under, such as a tenant: where the backend does not know it, what goes under
   * an equal one is held, and nothing else; {@code null} where all requests go under the same.
   */
  default @Nullable Account account() {
    return null;
  }

  /**
   * Returns whether its senders may be told to send it again; not so where that would count twice
   * what has been counted. Constant.
   */
  default boolean isRepeatable() {
    return true;
  }

  /** Makes one attempt; see {@link Sender#send}. */
  void send(long timeoutNanos, SendCallback callback);

  /**
   * Returns two requests in place of this one, with acks of their own: the first {@code items} of
   * it, at least one and not all, and the others; nothing when it cannot be cut.
   */
  List<? extends ExportRequest> cut(int items);
}
