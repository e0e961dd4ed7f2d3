package io.millrace.pdata;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a processor owes the books for items it has taken over from senders, whose batches it
 * settles as {@link Settlement#HELD}.
 *
 * <p>What is held is no longer known request by request, so each item counts as the average of all
 * that are held. Confined to the ring thread, but for {@link #bytes}.
 */
public final class HeldBytes {
  private Ack books = Ack.of(_ -> {});
  private long items;
  private final AtomicLong bytes = new AtomicLong();

  /** Notes a batch that is taken over; the caller settles it. */
  public void take(OtlpBatch batch) {
    books = batch.ack();
    items += batch.items();
    bytes.addAndGet(batch.ack().bytes());
  }

  /** Returns an {@linkplain Ack#heir heir} for some of the items held, which are so no longer. */
  public Ack heir(int heirItems, Ack parent) {
    long part = Ack.divide(bytes.get(), heirItems, Math.max(0, items - heirItems))[0];
    items -= heirItems;
    bytes.addAndGet(-part);
    return books.heir(heirItems, part, parent);
  }

  /** Returns the {@linkplain Ack#bytes bytes} of what is held. Called by any thread. */
  public long bytes() {
    return bytes.get();
  }
}
