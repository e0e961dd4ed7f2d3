package io.millrace.exporter.sending;

import java.time.Duration;

/** A queue whose batches are neither whole requests nor all alike. */
public final class BatchedQueue {
  public static final QueueConfig CONFIG =
      new QueueConfig(
          true,
          10,
          1000,
          QueueConfig.Sizer.REQUESTS,
          false,
          false,
          QueueConfig.OnFull.DROP,
          0,
          null,
          new BatchConfig(Duration.ofMillis(20), 24, 27, null, BatchConfig.Partition.DEFAULT));

  private BatchedQueue() {}
}
