package io.millrace.exporter.sending;

import io.millrace.component.Component;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;

/**
 * Brings single batches to a backend, one attempt each, and knows its protocol's table of answers.
 *
 * <p>Queue, slots, retries, acks and counters are {@link SendingExporter}'s. Called by several
 * threads at once; must not block.
 */
public interface Sender extends Component {
  /**
   * Returns what of a batch's context makes the name under which it goes to the backend: batches
   * that differ in it are never joined. Constant.
   */
  default ContextKeys reads() {
    return ContextKeys.NONE;
  }

  /**
   * Makes one attempt. The batch stays the caller's: it is read, neither changed nor settled.
   *
   * @param timeoutNanos after which the attempt must have ended as {@link SendResult.Retryable};
   *     {@link Long#MAX_VALUE} for never
   * @param callback is told the result once, possibly before this returns
   */
  void send(OtlpBatch batch, long timeoutNanos, SendCallback callback);
}
