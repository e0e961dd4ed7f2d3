package io.millrace.testkit.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Settlement;
import io.millrace.testkit.ack.AckGraph.Batch;
import io.millrace.testkit.ack.AckGraph.Root;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Random graphs of split, join, route, fan-out, filter, throw and settlement complete every root
 * ack exactly once, with the settlement that a model computes.
 *
 * <p>To repeat a failure, run with {@code -DargLine=-Dmillrace.seed=<printed seed>}.
 */
final class AckGraphTest {
  private static final int GRAPHS = 3_000;
  private static final int CONCURRENT_GRAPHS = 500;
  private static final int THREADS = 4;

  private final long firstSeed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void everyAckEndsAsTheModelSaysWhenTheModelSays() {
    for (long seed = firstSeed; seed < firstSeed + GRAPHS; seed++) {
      try {
        run(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(long seed) {
    AckGraph graph = new AckGraph(seed);
    Random random = new Random(seed);
    for (int step = random.nextInt(40); step > 0; step--) {
      switch (random.nextInt(11)) {
        case 0, 1 -> graph.receive();
        case 2, 3 -> graph.join();
        case 4 -> graph.split();
        case 5 -> graph.fanOut();
        case 6 -> graph.filter();
        case 7 -> graph.throwHalfway();
        case 8 -> graph.settleApart();
        case 9 -> graph.route();
        default -> graph.settle();
      }
      graph.assertMatchesModel();
    }
    while (!graph.live.isEmpty()) {
      graph.settle();
      graph.assertMatchesModel();
    }
    assertThat(graph.roots).allSatisfy(root -> assertThat(root.heard()).hasSize(1));
  }

  @Test
  void everyAckEndsOnceAndAsTheModelSaysWhenThreadsSettleAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (long seed = firstSeed; seed < firstSeed + CONCURRENT_GRAPHS; seed++) {
        try {
          runConcurrently(seed, threads);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }

  private static void runConcurrently(long seed, ExecutorService threads) throws Exception {
    AckGraph graph = grow(seed);
    List<Runnable> settlements = new ArrayList<>();
    for (Batch batch : graph.live) {
      Settlement settlement = graph.randomSettlement();
      graph.note(batch, settlement);
      settlements.add(() -> batch.ack().settle(settlement));
      settlements.add(() -> batch.ack().settle(settlement));
    }
    Collections.shuffle(settlements, new Random(seed));
    settleAtOnce(settlements, threads);

    graph.assertMatchesModel();
    assertThat(graph.roots).extracting(Root::calls).allSatisfy(c -> assertThat(c).hasValue(1));
  }

  private static AckGraph grow(long seed) {
    AckGraph graph = new AckGraph(seed);
    Random random = new Random(seed);
    for (int step = 10 + random.nextInt(30); step > 0; step--) {
      switch (random.nextInt(7)) {
        case 0, 1 -> graph.receive();
        case 2 -> graph.join();
        case 3 -> graph.split();
        case 4 -> graph.fanOut();
        case 5 -> graph.route();
        default -> graph.filter();
      }
    }
    return graph;
  }

  private static void settleAtOnce(List<Runnable> settlements, ExecutorService threads)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      done.add(
          threads.submit(() -> {
            start.await();
            for (int i = first; i < settlements.size(); i += THREADS) {
              settlements.get(i).run();
            }
            return null;
          }));
    }
    for (Future<?> each : done) {
      each.get();
    }
  }
}
