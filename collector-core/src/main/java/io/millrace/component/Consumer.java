package io.millrace.component;

import io.millrace.pdata.OtlpBatch;

/** Something that takes batches. */
public interface Consumer {
  /**
   * Takes the batch, in every case: the result goes to {@link OtlpBatch#ack()}, once, now or later,
   * from any thread.
   *
   * <p>Must not block and must not throw on account of data. Called by one thread at a time in a
   * processor; by any number of ring threads at once in an exporter.
   */
  void consume(OtlpBatch batch);
}
