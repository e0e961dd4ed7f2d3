package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way through one pipeline, from its first processor to its fan-out, and on through the
 * pipelines behind its connectors.
 *
 * <p>Walked by the pipeline's ring thread, and by those of the pipelines that connectors lead here
 * from. These take turns, for a processor is made for one thread at a time; since pipelines have no
 * cycle, nobody waits for a turn in a circle.
 */
final class PipelineWay implements Consumer {
  private final Consumer first;
  private final List<Processor> ticking;
  private final List<PipelineWay> behind;
  private final @Nullable Lock turn;
  private long lastTickNanos = Long.MIN_VALUE;

  /**
   * Creates a way.
   *
   * @param first where batches enter
   * @param behind the ways of the pipelines that connectors lead to
   * @param isShared whether a connector leads here
   */
  PipelineWay(
      Consumer first, List<Processor> processors, List<PipelineWay> behind, boolean isShared) {
    this.first = first;
    this.ticking = processors.stream().filter(p -> !p.tickInterval().isZero()).toList();
    this.behind = List.copyOf(behind);
    this.turn = isShared ? new ReentrantLock() : null;
  }

  @Override
  public void consume(OtlpBatch batch) {
    if (turn == null) {
      first.consume(batch);
      return;
    }
    turn.lock();
    try {
      first.consume(batch);
    } finally {
      turn.unlock();
    }
  }

  /** Returns how often to tick so that every processor is satisfied; zero for never. */
  Duration tickInterval() {
    return Stream.concat(
            ticking.stream().map(Processor::tickInterval),
            behind.stream().map(PipelineWay::tickInterval))
        .filter(interval -> !interval.isZero())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Lets time pass, here and behind. */
  void tick(long nanos) {
    if (turn == null) {
      tickHere(nanos);
    } else {
      turn.lock();
      try {
        tickHere(nanos);
      } finally {
        turn.unlock();
      }
    }
    for (PipelineWay way : behind) {
      way.tick(nanos);
    }
  }

  /** Of several threads one may come with a time that another has left behind. */
  private void tickHere(long nanos) {
    if (lastTickNanos != Long.MIN_VALUE && nanos - lastTickNanos < 0) {
      return;
    }
    lastTickNanos = nanos;
    for (Processor processor : ticking) {
      processor.tick(nanos);
    }
  }
}
