package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Exporter;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One exporter behind several ring threads, treated the way the host does. Thread safe. */
final class ExporterRun {
  private static final int RING_THREADS = 4;
  private static final int ITEMS = 10;

  final Traffic traffic;
  private final Exporter exporter;
  private final Duration patience;

  ExporterRun(Exporter exporter, Traffic traffic, Duration patience) {
    this.exporter = exporter;
    this.traffic = traffic;
    this.patience = patience;
  }

  void start() throws Exception {
    exporter.start();
  }

  void feed(int batches) {
    for (int i = 0; i < batches; i++) {
      feed(traffic.batch(ITEMS));
    }
  }

  void feed(OtlpBatch batch) {
    Settlement refusal =
        exporter
            .admission()
            .reserve(batch.signal(), batch.items(), batch.length(), RequestContext.EMPTY);
    assertThat(refusal).as("refusal at the door").isNull();
    exporter.consume(batch);
    exporter.admission().release(batch.signal(), batch.items(), batch.length());
  }

  /** Feeds one batch as a host that has passed its door long ago. */
  void feedWithoutAsking() {
    exporter.consume(traffic.batch(ITEMS));
  }

  /** Feeds from several threads, each {@code batches}, while {@code meanwhile} runs on this one. */
  void feedFromSeveralThreads(int batches, Runnable meanwhile) throws Exception {
    Callable<Void> load =
        () -> {
          for (int i = 0; i < batches; i++) {
            feedWithoutAsking();
          }
          return null;
        };
    try (ExecutorService ringThreads = Executors.newFixedThreadPool(RING_THREADS)) {
      List<Future<Void>> loads = new ArrayList<>();
      for (int i = 0; i < RING_THREADS; i++) {
        loads.add(ringThreads.submit(load));
      }
      meanwhile.run();
      for (Future<Void> each : loads) {
        each.get();
      }
    }
  }

  long heldItems() {
    return exporter.heldItems();
  }

  long heldBytes() {
    return exporter.heldBytes();
  }

  void awaitAllSettled() {
    traffic.ledger().awaitAllSettled(patience);
  }

  void shutdown() {
    exporter.shutdown();
  }
}
