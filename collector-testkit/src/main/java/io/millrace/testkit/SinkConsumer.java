package io.millrace.testkit;

import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The end of a pipeline: keeps what arrives and settles it, as delivered unless told otherwise.
 * Thread safe.
 */
public final class SinkConsumer implements Consumer {
  private final List<OtlpBatch> batches = new CopyOnWriteArrayList<>();
  private final Function<OtlpBatch, @Nullable Settlement> script;

  /** Delivers everything. */
  public SinkConsumer() {
    this(batch -> Settlement.DELIVERED);
  }

  /** Settles as {@code script} says; where it returns {@code null} the ack stays open. */
  public SinkConsumer(Function<OtlpBatch, @Nullable Settlement> script) {
    this.script = script;
  }

  /** Returns a sink that settles nothing: the test does, through {@link #batches()}. */
  public static SinkConsumer holding() {
    return new SinkConsumer(batch -> null);
  }

  @Override
  public void consume(OtlpBatch batch) {
    batches.add(batch);
    Settlement settlement = script.apply(batch);
    if (settlement != null) {
      batch.ack().settle(settlement);
    }
  }

  /** Returns what has arrived, in order. */
  public List<OtlpBatch> batches() {
    return List.copyOf(batches);
  }

  /** Returns how many items have arrived. */
  public long items() {
    return batches.stream().mapToLong(OtlpBatch::items).sum();
  }
}
