package io.millrace.exporter.sending;

import io.millrace.component.Component;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;

/**
 * Turns batches into the requests of a protocol whose backend insists on order, and knows what may
 * go side by side: each lane has one request under way at a time.
 *
 * <p>Called by several threads at once; must not block.
 */
public interface LaneSplitter extends Component {
  /** Takes the requests of a batch, each to its lane, in their order. */
  interface Lanes {
    /**
     * Queues a request.
     *
     * @param lane from 0; what must stay in order has the same one in every batch
     */
    void add(int lane, ExportRequest request);
  }

  /** See {@link Sender#reads}. */
  default ContextKeys reads() {
    return ContextKeys.NONE;
  }

  /** Takes the batch; its ack passes to the requests, or is settled. */
  void split(OtlpBatch batch, Lanes lanes);
}
