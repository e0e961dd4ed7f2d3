package io.millrace.pipeline;

import static io.millrace.pipeline.Rig.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Consumer;
import io.millrace.config.AckLevel;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The books of whole graphs. */
class BooksTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> EDGES =
      List.of("traces/1 a", "traces/1 shared", "traces/2 shared", "traces/2 b", "traces/3 b");

  private final Rig rig = new Rig();

  /**
   * Scenario: requests run through processors that filter, split, join, copy and throw, into
   * exporters that are full now and then and settle as they like, some of them piece by piece.
   *
   * <p>Guarantees: at rest, with batches still waiting, and at the end, every book balances, every
   * sender was answered once, and all bytes and reservations are back.
   */
  @RepeatedTest(25)
  void balanceWhateverHappens(RepetitionInfo repetition) throws Exception {
    long seed = 1_000L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    rig.onProcessor = processor -> new Mischief(processor, random.nextLong());
    rig.pipeline("traces/1", "in", "p/1,p/2", "a,shared")
        .pipeline("traces/2", "in,other", "p/3", "shared,b")
        .pipeline("traces/3", "other", "p/4,p/5,p/6", "b", AckLevel.DELIVERED)
        .start();
    rig.exporter("a").capacity = 5;
    List<FakeReply> replies = new ArrayList<>();

    for (int i = 0; i < 200; i++) {
      replies.add(rig.send(random.nextBoolean() ? "in" : "other", 1 + random.nextInt(20)));
      if (random.nextInt(20) == 0) {
        settleSome(random);
      }
    }
    awaitRest();
    assertBalanced(seed);

    rig.graph().shutdown(TIMEOUT);
    settleAll(random);
    assertBalanced(seed);
    assertThat(EDGES).as("seed %d", seed).allSatisfy(edge -> assertThat(held(edge)).isZero());
    assertThat(EDGES).as("seed %d", seed).allSatisfy(edge -> assertThat(heldBytes(edge)).isZero());
    assertThat(replies).as("seed %d", seed).allSatisfy(r -> assertThat(r.said).hasSize(1));
    assertThat(rig.budget.used()).as("seed %d", seed).isZero();
    assertThat(rig.exporters.values())
        .as("seed %d", seed)
        .allSatisfy(exporter -> assertThat(exporter.reserved()).isZero());
  }

  @Test
  void showAForgottenAckOnItsEdge() throws Exception {
    rig.pipeline("traces/1", "in", "", "shared")
        .pipeline("traces/2", "other", "", "shared")
        .start();
    rig.send("in", 7);
    rig.send("other", 5);
    await().until(() -> rig.exporter("shared").heldItems() == 12);
    assertThat(rig.residual("traces/1", "shared")).isZero();
    assertThat(rig.held("traces/1", "shared")).isEqualTo(7);
    assertThat(rig.held("traces/2", "shared")).isEqualTo(5);

    List<OtlpBatch> batches = rig.exporter("shared").takeHeld();
    batches.stream().filter(b -> b.items() == 5).forEach(b -> b.ack().delivered());

    assertThat(rig.residual("traces/1", "shared")).as("forgotten").isEqualTo(7);
    assertThat(rig.residualBytes("traces/1", "shared"))
        .as("forgotten")
        .isEqualTo(Rig.spans(7, new byte[0]).length);
    assertThat(rig.residual("traces/2", "shared")).isZero();
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void showItemsThatAProcessorLostWithoutTellingTheAck() throws Exception {
    rig.onProcessor =
        p -> p.work = (batch, out) -> out.consume(batch.withBytes(new byte[0], 6, batch.ack()));
    rig.pipeline("traces", "in", "p", "out").start();
    rig.send("in", 10);
    await().until(() -> rig.exporter("out").heldItems() == 6);

    rig.exporter("out").settleAll(Settlement.DELIVERED);

    assertThat(rig.residual("traces", "out")).isEqualTo(4);
    rig.graph().shutdown(TIMEOUT);
  }

  @Test
  void countOnEveryEdgeWhatWasDroppedBeforeTheFanOut() throws Exception {
    rig.onProcessor = p -> p.work = (b, out) -> b.ack().settle(Settlement.dropped("filtered"));
    rig.pipeline("traces", "in", "p", "a,b").start();

    rig.send("in", 10);

    await().until(() -> rig.items("traces", "b", "dropped", "filtered") == 10);
    assertThat(rig.items("traces", "a", "dropped", "filtered")).isEqualTo(10);
    assertThat(rig.residual("traces", "a")).isZero();
    assertThat(rig.budget.used()).isZero();
    rig.graph().shutdown(TIMEOUT);
  }

  private void settleSome(Random random) {
    for (FakeExporter exporter : rig.exporters.values()) {
      if (random.nextBoolean()) {
        exporter.takeHeld().forEach(batch -> settle(batch, random));
      }
    }
  }

  private void settleAll(Random random) {
    rig.exporters.values().forEach(e -> e.takeHeld().forEach(batch -> settle(batch, random)));
  }

  private static void settle(OtlpBatch batch, Random random) {
    int items = batch.items();
    switch (random.nextInt(3)) {
      case 0 -> {
        int first = random.nextInt(items + 1);
        batch.ack().split(first, items - first).forEach(ack -> ack.settle(anyEnd(random)));
      }
      case 1 -> batch.ack().shares(items).forEach(share -> share.ack().settle(anyEnd(random)));
      default -> batch.ack().settle(anyEnd(random));
    }
  }

  private static Settlement anyEnd(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Settlement.refused("retries_exhausted", 0);
      case 1 -> Settlement.rejected("permanent_error");
      case 2 -> Settlement.dropped("shutdown");
      default -> Settlement.DELIVERED;
    };
  }

  private void awaitRest() {
    for (String pipeline : List.of("traces/1", "traces/2", "traces/3")) {
      await().until(() -> rig.metric("millrace_ring_size", "pipeline=\"" + pipeline + "\"") == 0);
    }
  }

  private void assertBalanced(long seed) {
    assertThat(EDGES)
        .allSatisfy(edge -> {
          String[] names = edge.split(" ", -1);
          assertThat(rig.residual(names[0], names[1])).as("%s, seed %d", edge, seed).isZero();
          assertThat(rig.residualBytes(names[0], names[1]))
              .as("bytes of %s, seed %d", edge, seed)
              .isZero();
        });
  }

  private long held(String edge) {
    String[] names = edge.split(" ", -1);
    return rig.held(names[0], names[1]);
  }

  private long heldBytes(String edge) {
    String[] names = edge.split(" ", -1);
    return rig.heldBytes(names[0], names[1]);
  }

  /** A processor that does something else with every batch. Confined like any processor. */
  private static final class Mischief {
    private final Random random;
    private final List<OtlpBatch> kept = new ArrayList<>();
    private final AtomicLong keptItems = new AtomicLong();
    private final AtomicLong keptBytes = new AtomicLong();

    Mischief(FakeProcessor processor, long seed) {
      random = new Random(seed);
      processor.work = this::consume;
      processor.heldItems = keptItems::get;
      processor.heldBytes = keptBytes::get;
      processor.onShutdown = this::flush;
    }

    private void consume(OtlpBatch batch, Consumer next) {
      switch (random.nextInt(10)) {
        case 0 -> throw new IllegalStateException("expected by the test");
        case 1 -> filter(batch, next);
        case 2 -> split(batch, next);
        case 3 -> batch.ack().settle(Settlement.dropped("sampled_out"));
        case 4 -> batch.ack().fork(2).forEach(ack -> next.consume(batch.withAck(ack)));
        case 5 -> passOnAndThrow(batch, next);
        case 6, 7 -> keep(batch, next);
        default -> next.consume(batch);
      }
    }

    /** A processor behind it may keep the batch. */
    private void passOnAndThrow(OtlpBatch batch, Consumer next) {
      next.consume(batch);
      throw new IllegalStateException("expected by the test, too late");
    }

    private void filter(OtlpBatch batch, Consumer next) {
      BitSet chosen = new BitSet();
      for (int i = 0; i < batch.items(); i++) {
        chosen.set(i, random.nextBoolean());
      }
      Ack ack = batch.ack().retain(chosen, batch.items(), Settlement.dropped("filtered"));
      if (!chosen.isEmpty()) {
        next.consume(batch.withBytes(new byte[0], chosen.cardinality(), ack));
      }
    }

    private void split(OtlpBatch batch, Consumer next) {
      int first = random.nextInt(batch.items());
      if (first == 0) {
        next.consume(batch);
        return;
      }
      List<Ack> acks = batch.ack().split(first, batch.items() - first);
      next.consume(batch.withBytes(new byte[0], first, acks.get(0)));
      if (random.nextInt(4) == 0) {
        throw new IllegalStateException("expected by the test, half way");
      }
      next.consume(batch.withBytes(new byte[0], batch.items() - first, acks.get(1)));
    }

    private void keep(OtlpBatch batch, Consumer next) {
      kept.add(batch);
      keptItems.addAndGet(batch.items());
      keptBytes.addAndGet(batch.ack().bytes());
      if (kept.size() >= 3) {
        flush(next);
      }
    }

    private void flush(Consumer next) {
      if (kept.isEmpty()) {
        return;
      }
      List<AckShare> shares =
          kept.stream().map(batch -> new AckShare(batch.ack(), batch.items())).toList();
      int items = (int) keptItems.getAndSet(0);
      keptBytes.set(0);
      OtlpBatch first = kept.getFirst();
      kept.clear();
      next.consume(first.withBytes(new byte[0], items, Ack.join(shares)));
    }
  }
}
