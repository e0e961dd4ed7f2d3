package io.millrace.testkit.ack;

import io.millrace.component.Consumer;
import io.millrace.component.Exporter;
import io.millrace.component.Processor;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Stages that do something else with every batch, and tell the model. Confined like any stage. */
final class RandomStages {
  private static final List<Settlement> SETTLEMENTS =
      List.of(
          Settlement.DELIVERED,
          Settlement.DELIVERED,
          Settlement.DELIVERED,
          Settlement.dropped("queue_full"),
          Settlement.rejected("malformed"),
          Settlement.refused("unavailable", 5));

  /** The exporters' ids. */
  static final List<String> EDGES = List.of("one", "two");

  private static final Settlement EXPORTER_ERROR = Settlement.dropped("exporter_error");

  private final Fates fates;
  private final Random random;

  RandomStages(Fates fates, long seed) {
    this.fates = fates;
    this.random = new Random(seed);
  }

  /** Joins up to four batches; sometimes throws, before it takes a batch or after passing it on. */
  Processor joiner(Consumer next) {
    List<OtlpBatch> pending = new ArrayList<>();
    return new Processor() {
      @Override
      public void consume(OtlpBatch batch) {
        if (random.nextInt(10) == 0) {
          fates.end(Settlement.PROCESSOR_ERROR, EDGES, fates.ownersOf(batch));
          throw bug();
        }
        pending.add(batch);
        if (random.nextInt(4) == 0) {
          passOn();
          throwSometimes();
        }
      }

      @Override
      public void shutdown() {
        passOn();
      }

      @Override
      public long heldItems() {
        return pending.stream().mapToLong(OtlpBatch::items).sum();
      }

      @Override
      public long heldBytes() {
        return pending.stream().mapToLong(batch -> batch.ack().bytes()).sum();
      }

      private void passOn() {
        if (pending.isEmpty()) {
          return;
        }
        List<AckShare> shares = new ArrayList<>();
        List<Integer> senders = new ArrayList<>();
        for (OtlpBatch batch : pending) {
          shares.add(new AckShare(batch.ack(), batch.items()));
          Arrays.stream(fates.ownersOf(batch)).forEach(senders::add);
        }
        int[] owners = senders.stream().mapToInt(Integer::intValue).toArray();
        OtlpBatch first = pending.getFirst();
        pending.clear();
        next.consume(
            first.withBytes(fates.enter(new byte[1], owners), owners.length, Ack.join(shares)));
      }
    };
  }

  /** Drops some items, or all, or throws. */
  Processor filter(Consumer next) {
    return batch -> {
      if (random.nextInt(10) == 0) {
        fates.end(Settlement.PROCESSOR_ERROR, EDGES, fates.ownersOf(batch));
        throw bug();
      }
      Settlement fate = SETTLEMENTS.get(random.nextInt(SETTLEMENTS.size()));
      int mercy = random.nextInt(5);
      BitSet kept = new BitSet();
      for (int i = 0; i < batch.items(); i++) {
        kept.set(i, random.nextInt(4) < mercy);
      }
      BitSet lost = new BitSet();
      lost.set(0, batch.items());
      lost.andNot(kept);
      fates.end(fate, EDGES, fates.ownersOf(batch, lost));
      Ack ack = batch.ack().retain(kept, batch.items(), fate);
      if (!kept.isEmpty()) {
        next.consume(part(batch, kept, ack));
      }
      throwSometimes();
    };
  }

  /** Splits, and sometimes throws before the last pieces. */
  Processor splitter(Consumer next) {
    return batch -> {
      int[] sizes = new int[1 + random.nextInt(4)];
      for (int i = 0; i < batch.items(); i++) {
        sizes[random.nextInt(sizes.length)]++;
      }
      int passed = random.nextInt(5) == 0 ? random.nextInt(sizes.length) : sizes.length;
      List<Ack> acks = batch.ack().split(sizes);
      int start = 0;
      for (int i = 0; i < sizes.length; i++) {
        BitSet piece = new BitSet();
        piece.set(start, start + sizes[i]);
        start += sizes[i];
        if (i >= passed) {
          fates.end(Settlement.PROCESSOR_ERROR, EDGES, fates.ownersOf(batch, piece));
        } else if (sizes[i] > 0) {
          next.consume(part(batch, piece, acks.get(i)));
        }
      }
      if (passed < sizes.length) {
        throw bug();
      }
    };
  }

  private OtlpBatch part(OtlpBatch batch, BitSet items, Ack ack) {
    return batch.withBytes(
        fates.enter(new byte[1], fates.ownersOf(batch, items)), items.cardinality(), ack);
  }

  /** Settles whole or sender by sender, here or on another thread, or throws. */
  Exporter exporter(String edge, Executor others) {
    return batch -> {
      if (random.nextInt(12) == 0) {
        fates.end(EXPORTER_ERROR, edge, fates.ownersOf(batch));
        throw bug();
      }
      List<AckShare> shares =
          random.nextBoolean()
              ? batch.ack().shares(batch.items())
              : List.of(new AckShare(batch.ack(), batch.items()));
      int start = 0;
      for (AckShare share : shares) {
        BitSet items = new BitSet();
        items.set(start, start + share.items());
        start += share.items();
        Settlement settlement = SETTLEMENTS.get(random.nextInt(SETTLEMENTS.size()));
        fates.end(settlement, edge, fates.ownersOf(batch, items));
        Executor executor = random.nextBoolean() ? Runnable::run : others;
        executor.execute(() -> share.ack().settle(settlement));
      }
    };
  }

  private void throwSometimes() {
    if (random.nextInt(10) == 0) {
      throw bug();
    }
  }

  private static IllegalStateException bug() {
    return new IllegalStateException("a bug, on purpose");
  }
}
