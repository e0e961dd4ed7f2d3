package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.benchmarks.traffic.Answer;
import io.millrace.benchmarks.traffic.RequestSender;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Sends every request of a schedule when it is due, without regard to the answers of those before.
 *
 * <p>The number of requests in flight is bounded; a generator that has reached the bound sends
 * late, and the latency, which counts from the due time, tells. {@link #run} is confined to one
 * thread.
 */
final class OpenLoopGenerator implements Runnable {
  private final Schedule schedule;
  private final RenderedRequest traces;
  private final RequestSender sender;
  private final Ledger ledger;
  private final BlockingQueue<byte[]> free;

  OpenLoopGenerator(
      Schedule schedule,
      RenderedRequest traces,
      int requestsInFlightMax,
      RequestSender sender,
      Ledger ledger) {
    this.schedule = schedule;
    this.traces = traces;
    this.sender = sender;
    this.ledger = ledger;
    this.free = new ArrayBlockingQueue<>(requestsInFlightMax);
    for (int i = 0; i < requestsInFlightMax; i++) {
      free.add(traces.copy());
    }
  }

  /** Returns when the last request has been sent, or when the thread is interrupted. */
  @Override
  public void run() {
    try {
      for (long request = 0; request < schedule.requests(); request++) {
        schedule.await(request);
        send(request, free.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(long request, byte[] bytes) {
    traces.stamp(bytes, request);
    sender.send(bytes, answer -> answered(request, bytes, answer));
  }

  private void answered(long request, byte[] bytes, Answer answer) {
    free.add(bytes);
    ledger.answered(request, answer);
  }
}
