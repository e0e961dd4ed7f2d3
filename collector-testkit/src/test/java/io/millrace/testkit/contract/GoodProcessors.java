package io.millrace.testkit.contract;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.HeldBytes;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One small processor of every kind that keeps the contract, and the kit for it. */
final class GoodProcessors {
  private GoodProcessors() {}

  static final class PassingOn extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  static final class Batching extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next);
    }
  }

  /** Joins four batches, or what has come until a tick. */
  static class Joiner implements Processor {
    final List<OtlpBatch> pending = new ArrayList<>();
    private final Consumer next;

    Joiner(Consumer next) {
      this.next = next;
    }

    @Override
    public Duration tickInterval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void consume(OtlpBatch batch) {
      pending.add(batch);
      if (pending.size() == 4) {
        flush();
      }
    }

    @Override
    public void tick(long nanos) {
      flush();
    }

    @Override
    public void shutdown() {
      flush();
    }

    @Override
    public long heldItems() {
      return pending.stream().mapToLong(OtlpBatch::items).sum();
    }

    @Override
    public long heldBytes() {
      return pending.stream().mapToLong(batch -> batch.ack().bytes()).sum();
    }

    void flush() {
      if (pending.isEmpty()) {
        return;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      List<AckShare> shares = new ArrayList<>();
      for (OtlpBatch batch : pending) {
        bytes.writeBytes(Traffic.bodyOf(batch));
        shares.add(new AckShare(batch.ack(), batch.items()));
      }
      OtlpBatch first = pending.getFirst();
      int items = (int) heldItems();
      pending.clear();
      next.consume(first.withBytes(bytes.toByteArray(), items, Ack.join(shares)));
    }
  }

  static final class Splitting extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        int third = batch.items() / 3;
        int[] sizes = {third, 0, batch.items() - third};
        List<Ack> acks = batch.ack().split(sizes);
        BitSet head = new BitSet();
        head.set(0, third);
        BitSet tail = new BitSet();
        tail.set(third, batch.items());
        next.consume(batch.withBytes(Edits.keep(batch, head), sizes[0], acks.get(0)));
        next.consume(batch.withBytes(Edits.keep(batch, tail), sizes[2], acks.get(2)));
      };
    }
  }

  /** Drops a third of the items, and the whole of every seventh batch. */
  static final class Filtering extends ProcessorContract {
    private static final Settlement FILTERED = Settlement.dropped("filtered");

    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      Counter dropped = dropped(context.metrics());
      int[] batches = {0};
      return batch -> {
        BitSet kept = new BitSet();
        for (int i = 0; batches[0] % 7 != 6 && i < batch.items(); i++) {
          kept.set(i, i % 3 != 0);
        }
        batches[0]++;
        int items = kept.cardinality();
        dropped.add(batch.items() - items);
        Ack ack = batch.ack().retain(kept, batch.items(), FILTERED);
        if (items > 0) {
          next.consume(batch.withBytes(Edits.keep(batch, kept), items, ack));
        }
      };
    }

    private static Counter dropped(MetricRegistry metrics) {
      return metrics.counter("filtered_items", "Items filtered.");
    }

    @Override
    protected long droppedItems(MetricRegistry metrics) {
      return dropped(metrics).value();
    }
  }

  static final class Holding extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Holder(next);
    }

    @Override
    protected boolean holds() {
      return true;
    }
  }

  /** Copies, answers for itself, and passes each copy on when time has passed. */
  static final class Holder implements Processor {
    private final List<OtlpBatch> copies = new ArrayList<>();
    private final HeldBytes held = new HeldBytes();
    private final Consumer next;

    Holder(Consumer next) {
      this.next = next;
    }

    @Override
    public Duration tickInterval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void consume(OtlpBatch batch) {
      byte[] copy = Traffic.bodyOf(batch);
      held.take(batch);
      copies.add(batch.withBytes(copy, batch.items(), Ack.of(_ -> {})));
      batch.ack().settle(Settlement.HELD);
    }

    @Override
    public void tick(long nanos) {
      List<OtlpBatch> due = List.copyOf(copies);
      copies.clear();
      for (OtlpBatch copy : due) {
        next.consume(copy.withAck(held.heir(copy.items(), copy.ack())));
      }
    }

    @Override
    public void shutdown() {
      tick(0);
    }

    @Override
    public long heldItems() {
      return copies.stream().mapToLong(OtlpBatch::items).sum();
    }

    @Override
    public long heldBytes() {
      return held.bytes();
    }
  }
}
