package io.millrace.testkit.contract;

import static io.millrace.testkit.contract.Deadline.staying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Settlement;
import io.millrace.pdata.Settlement.Kind;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.contract.Destination.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every exporter has to keep to that sends to a destination with answers of its own.
 *
 * <p>The test supplies {@link #destination} beside {@link #create}; one destination may serve all
 * exporters of a test method. The exporter should be configured to give an attempt up after at most
 * a second, and not to try again.
 */
public abstract class RemoteExporterContract extends ExporterContract {
  private static final int BATCHES = 3;

  /** Returns where the exporters of this test send to; the same one throughout a test method. */
  protected abstract Destination destination();

  /** Guarantees: a success is never claimed for what the destination did not take. */
  @Test
  final void claimsNoDeliveryOfWhatIsNotTaken() throws Exception {
    destination().answer(body -> Answer.TRY_AGAIN);
    assertNothingDelivered();
  }

  @Test
  final void claimsNoDeliveryOfWhatIsRejected() throws Exception {
    destination().answer(body -> Answer.REJECT);
    assertNothingDelivered();
  }

  @Test
  final void claimsNoDeliveryOfWhatIsNotAnswered() throws Exception {
    destination().answer(body -> Answer.NEVER);
    assertNothingDelivered();
  }

  private void assertNothingDelivered() throws Exception {
    List<ExporterRun> runs = feedAll();
    runs.forEach(ExporterRun::awaitAllSettled);
    runs.forEach(ExporterRun::shutdown);

    for (ExporterRun run : runs) {
      run.traffic.ledger().probes().forEach(RemoteExporterContract::assertLost);
    }
  }

  /** Starts and feeds an exporter of each signal, which wait for the destination side by side. */
  private List<ExporterRun> feedAll() throws Exception {
    List<ExporterRun> runs = new ArrayList<>();
    for (Signal signal : signals()) {
      runs.add(start(signal));
    }
    runs.forEach(run -> run.feed(BATCHES));
    return runs;
  }

  private static void shutDownAll(List<ExporterRun> runs) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      runs.forEach(run -> ends.add(threads.submit(run::shutdown)));
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  static void assertLost(AckProbe probe) {
    probe.assertSettledOnce();
    assertThat(probe.settlement())
        .extracting(Settlement::kind)
        .isIn(Kind.REFUSED, Kind.REJECTED, Kind.DROPPED);
  }

  /** Guarantees: a destination that hangs holds up neither shutdown nor any ack. */
  @Test
  final void sendsNothingAfterShutdown() throws Exception {
    destination().answer(body -> Answer.NEVER);
    List<ExporterRun> runs = feedAll();
    shutDownAll(runs);

    for (ExporterRun run : runs) {
      assertThat(run.traffic.ledger().unsettled()).as("unsettled after shutdown").isEmpty();
    }
    int attempts = destination().attempts();
    staying().until(() -> destination().attempts() == attempts);
  }
}
