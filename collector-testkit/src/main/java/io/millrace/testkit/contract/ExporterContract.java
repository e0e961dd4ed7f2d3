package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every exporter has to keep to. The test of an exporter that sends to somebody extends {@link
 * RemoteExporterContract} instead, which adds what depends on the answers.
 *
 * <p>The test supplies {@link #create}, of an exporter whose destination takes everything and whose
 * queue has room for a hundred batches of ten items. The clock is the machine's.
 */
public abstract class ExporterContract {
  private static final int BATCHES = 8;

  /** Creates the exporter under test, not started; called once for each signal or more often. */
  protected abstract Exporter create(ComponentContext context, Signal signal);

  /** Returns the signals the exporter takes; traces, metrics and logs by default. */
  protected Set<Signal> signals() {
    return Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  }

  /** Returns how long a batch may take to its end, 15 s by default. */
  protected Duration patience() {
    return Duration.ofSeconds(15);
  }

  @Test
  final void shutsDownWithoutStart() {
    for (Signal signal : signals()) {
      ExporterRun run = create(signal);
      run.shutdown();
      run.shutdown();
    }
  }

  @Test
  final void shutsDownTwice() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feed(1);
      run.shutdown();
      run.shutdown();

      run.traffic.ledger().assertAllSettledOnce();
    }
  }

  @Test
  final void settlesWhatItDeliversOnce() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feed(BATCHES);
      run.awaitAllSettled();
      run.shutdown();

      assertAllDelivered(run);
    }
  }

  @Test
  final void settlesEverySenderOfAJoinedBatch() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feed(run.traffic.joined(3, 2));
      run.awaitAllSettled();
      run.shutdown();

      assertAllDelivered(run);
    }
  }

  /** Guarantees: shutdown finishes what was taken, however many threads brought it. */
  @Test
  final void deliversAtShutdownWhatSeveralThreadsBrought() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feedFromSeveralThreads(BATCHES, () -> {});
      run.shutdown();

      assertAllDelivered(run);
    }
  }

  /** Guarantees: whatever becomes of a batch that comes during or after shutdown, its ack ends. */
  @Test
  final void forgetsNoBatchThatComesTooLate() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feedFromSeveralThreads(BATCHES, run::shutdown);
      run.feedWithoutAsking();

      run.awaitAllSettled();
    }
  }

  @Test
  final void neverWritesToItsInput() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feed(BATCHES);
      run.awaitAllSettled();
      run.shutdown();

      run.traffic.assertUntouched();
    }
  }

  @Test
  final void holdsNothingInTheEnd() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      run.feed(BATCHES);
      run.shutdown();

      assertThat(run.heldItems()).as("items held").isZero();
      assertThat(run.heldBytes()).as("bytes held").isZero();
    }
  }

  private static void assertAllDelivered(ExporterRun run) {
    run.traffic.ledger().probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
  }

  final ExporterRun start(Signal signal) throws Exception {
    ExporterRun run = create(signal);
    run.start();
    return run;
  }

  private ExporterRun create(Signal signal) {
    FakeHost host = new FakeHost(Clock.SYSTEM);
    Exporter exporter = create(host.context("contract"), signal);
    return new ExporterRun(exporter, new Traffic(signal), patience());
  }
}
