package io.millrace.testkit.contract;

import static io.millrace.testkit.contract.Deadline.staying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Settlement.Kind;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import io.millrace.testkit.ThrowingConsumer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every processor has to keep to. A processor's test extends this class and supplies {@link
 * #create}; everything else has a default.
 *
 * <pre>{@code
 * final class FilterProcessorTest extends ProcessorContract {
 *   @Override
 *   protected Processor create(ComponentContext context, Signal signal, Consumer next) {
 *     return new FilterProcessorFactory().create(context, CONFIG, signal, next);
 *   }
 *
 *   @Override
 *   protected long droppedItems(MetricRegistry metrics) {
 *     return metrics.counter("otelcol_processor_filter_dropped_items", "").value();
 *   }
 * }
 * }</pre>
 *
 * <p>The configuration should let the processor do its work on the samples, of which there are
 * about a dozen batches of ten items ({@code OtlpSamples} with an attribute {@code nested}), but
 * should not remove or overwrite attributes of theirs: every message in them has an unknown field,
 * and each has to come out again. Time is moved by an hour where something may wait for it.
 *
 * <p>The kit acts as host: one thread calls, a tick follows only where an interval asks for it, and
 * an exception of the next stage settles the batch it was thrown on and does not come back.
 */
public abstract class ProcessorContract {
  private static final int BATCHES = 5;
  private static final int ITEMS = 10;
  private static final int SHARDS = 4;
  private static final int SENDERS = 3;
  private static final Settlement REFUSED = Settlement.refused("unavailable", 7_000_000_000L);

  /** Creates the processor under test, not started; called once for each signal or more often. */
  protected abstract Processor create(ComponentContext context, Signal signal, Consumer next);

  /** Returns the signals the processor works on; traces, metrics and logs by default. */
  protected Set<Signal> signals() {
    return Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  }

  /**
   * Returns whether the processor copies its input, settles it as {@link Settlement#HELD} and sends
   * output with acks of its own; by default the input's acks follow the items.
   */
  protected boolean holds() {
    return false;
  }

  /** Returns how many items the processor's own metrics say it has dropped; 0 by default. */
  protected long droppedItems(MetricRegistry metrics) {
    return 0;
  }

  @Test
  final void shutsDownWithoutStart() {
    for (Signal signal : signals()) {
      ProcessorRun run = create(signal, new SinkConsumer());
      run.shutdown();
      run.shutdown();

      assertThat(run.sink.batches()).isEmpty();
    }
  }

  @Test
  final void shutsDownTwice() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      run.feed(BATCHES, ITEMS);
      run.shutdown();
      run.shutdown();

      run.traffic.ledger().assertAllSettledOnce();
    }
  }

  @Test
  final void passesNothingOnWithoutInput() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      run.tick();
      run.shutdown();

      assertThat(run.sink.batches()).isEmpty();
    }
  }

  @Test
  final void settlesOnceWhenDownstreamDelivers() throws Exception {
    assertEndsAs(Settlement.DELIVERED);
  }

  @Test
  final void settlesOnceWhenDownstreamRefuses() throws Exception {
    assertEndsAs(REFUSED);
  }

  @Test
  final void settlesOnceWhenDownstreamRejects() throws Exception {
    assertEndsAs(Settlement.rejected("malformed"));
  }

  @Test
  final void settlesOnceWhenDownstreamDrops() throws Exception {
    assertEndsAs(Settlement.dropped("queue_full"));
  }

  private void assertEndsAs(Settlement downstream) throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer(batch -> downstream));
      feedTwice(run);

      run.traffic.ledger().assertAllSettledOnce();
      run.traffic.ledger().probes().forEach(probe -> assertEnd(run, probe, downstream));
    }
  }

  private void assertEnd(ProcessorRun run, AckProbe probe, Settlement downstream) {
    Settlement expected = holds() ? Settlement.HELD : downstream;
    boolean mayDrop = droppedItems(run.host.metrics()) > 0;
    assertThat(probe.settlement())
        .as("settlement of a sender (expected: %s%s)", expected, mayDrop ? " or dropped" : "")
        .matches(actual -> expected.equals(actual) || (mayDrop && isDropped(actual)));
  }

  private static boolean isDropped(Settlement settlement) {
    return settlement != null && settlement.kind() == Kind.DROPPED;
  }

  /**
   * Scenario: batches of several senders; downstream settles their shares apart, and refuses those
   * of every other sender.
   *
   * <p>Guarantees: nobody hears of anybody else's items; shares and items match in number and
   * order.
   */
  @Test
  final void keepsSendersApart() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, SinkConsumer.holding());
      for (int i = 0; i < BATCHES; i++) {
        run.feed(run.traffic.joined(SENDERS, ITEMS));
      }
      run.shutdown();
      List<AckProbe> senders = run.traffic.ledger().probes();
      Set<AckProbe> unlucky = new HashSet<>();
      for (int i = 0; i < senders.size(); i += 2) {
        unlucky.add(senders.get(i));
      }
      run.sink.batches().forEach(batch -> settleApart(run.traffic, batch, unlucky));

      run.traffic.ledger().assertAllSettledOnce();
      for (AckProbe sender : senders) {
        assertEnd(run, sender, unlucky.contains(sender) ? REFUSED : Settlement.DELIVERED);
      }
    }
  }

  private void settleApart(Traffic traffic, OtlpBatch batch, Set<AckProbe> unlucky) {
    if (holds()) {
      batch.ack().delivered();
      return;
    }
    Iterator<String> items = traffic.itemsIn(batch).iterator();
    for (AckShare share : batch.ack().shares(batch.items())) {
      Set<AckProbe> senders = new HashSet<>();
      for (int i = 0; i < share.items(); i++) {
        senders.add(traffic.senderOf(items.next()));
      }
      assertThat(senders).as("senders of one share").hasSize(1);
      share.ack().settle(unlucky.containsAll(senders) ? REFUSED : Settlement.DELIVERED);
    }
  }

  /** Guarantees: accepted = passed on + dropped + held, at any time, and held = 0 in the end. */
  @Test
  final void balancesItsBooks() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      for (int i = 0; i < BATCHES; i++) {
        run.feed(1, ITEMS);
        assertBalance(run);
      }
      run.tick();
      assertBalance(run);
      run.shutdown();
      assertBalance(run);

      assertThat(run.heldItems()).as("items held after shutdown").isZero();
      assertThat(run.heldBytes()).as("bytes held after shutdown").isZero();
      for (OtlpBatch batch : run.sink.batches()) {
        assertThat(batch.signal()).isEqualTo(signal);
        assertThat(batch.items()).as("items of an output batch").isPositive();
        assertThat(run.traffic.itemsIn(batch)).as("items in the bytes").hasSize(batch.items());
      }
    }
  }

  private void assertBalance(ProcessorRun run) {
    assertThat(run.sink.items() + droppedItems(run.host.metrics()) + run.heldItems())
        .as("passed on + dropped + held (expected: accepted)")
        .isEqualTo(run.traffic.itemCount());
    assertThat(run.heldBytes() > 0)
        .as("whether bytes are held (expected: as items are)")
        .isEqualTo(run.heldItems() > 0);
  }

  @Test
  final void keepsUnknownFields() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      feedTwice(run);

      assertThat(run.sink.batches()).isNotEmpty();
      run.traffic.assertUnknownFieldsKept(
          run.sink.batches().stream().map(Traffic::bodyOf).toList());
    }
  }

  @Test
  final void neverWritesToItsInput() throws Exception {
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      feedTwice(run);

      run.traffic.assertUntouched();
    }
  }

  @Test
  final void passesNothingOnAfterShutdown() throws Exception {
    List<ProcessorRun> runs = new ArrayList<>();
    for (Signal signal : signals()) {
      ProcessorRun run = start(signal, new SinkConsumer());
      feedTwice(run);
      runs.add(run);
    }
    long passedOn = passedOn(runs);
    runs.forEach(ProcessorRun::shutdown);

    staying().until(() -> passedOn(runs) == passedOn);
  }

  private static long passedOn(List<ProcessorRun> runs) {
    return runs.stream().mapToLong(run -> run.sink.batches().size()).sum();
  }

  /** Guarantees: an exception downstream costs the batch it was thrown on, and no other. */
  @Test
  final void goesOnAfterAnExceptionDownstream() throws Exception {
    for (Signal signal : signals()) {
      SinkConsumer sink = new SinkConsumer();
      ManualClock clock = new ManualClock();
      ProcessorRun run =
          create(signal, new FakeHost(clock), clock, sink, new ThrowingConsumer(1, sink));
      run.start();
      feedTwice(run);

      run.traffic.ledger().assertAllSettledOnce();
      assertThat(sink.batches()).as("batches after the failed one").isNotEmpty();
    }
  }

  /**
   * Scenario: instances for several shards of one pipeline, each with its own thread.
   *
   * <p>Guarantees: nothing is shared but metrics; no ack and no item is lost or gets to a stranger.
   */
  @Test
  final void worksInSeveralShardsAtOnce() throws Exception {
    for (Signal signal : signals()) {
      ManualClock clock = new ManualClock();
      FakeHost host = new FakeHost(clock);
      List<ProcessorRun> shards = new ArrayList<>();
      for (int i = 0; i < SHARDS; i++) {
        SinkConsumer sink = new SinkConsumer();
        shards.add(create(signal, host, clock, sink, sink));
      }
      runAll(shards);

      long passedOn = 0;
      long accepted = 0;
      for (ProcessorRun shard : shards) {
        shard.traffic.ledger().assertAllSettledOnce();
        shard
            .sink
            .batches()
            .forEach(batch -> shard.traffic.itemsIn(batch).forEach(shard.traffic::senderOf));
        passedOn += shard.sink.items();
        accepted += shard.traffic.itemCount();
      }
      assertThat(passedOn + droppedItems(host.metrics())).isEqualTo(accepted);
    }
  }

  private static void runAll(List<ProcessorRun> shards) throws Exception {
    List<Callable<Void>> loads = new ArrayList<>();
    for (ProcessorRun shard : shards) {
      shard.start();
      loads.add(() -> {
        for (int i = 0; i < BATCHES; i++) {
          shard.feed(BATCHES, ITEMS);
          shard.tick();
        }
        return null;
      });
    }
    try (ExecutorService ringThreads = Executors.newFixedThreadPool(shards.size())) {
      for (Future<Void> load : ringThreads.invokeAll(loads)) {
        load.get();
      }
    }
    shards.forEach(ProcessorRun::shutdown);
  }

  /** Once so that time passes it on, and once so that shutdown does. */
  private static void feedTwice(ProcessorRun run) {
    run.feed(BATCHES, ITEMS);
    run.tick();
    run.feed(BATCHES, ITEMS);
    run.shutdown();
  }

  private ProcessorRun start(Signal signal, SinkConsumer sink) throws Exception {
    ProcessorRun run = create(signal, sink);
    run.start();
    return run;
  }

  private ProcessorRun create(Signal signal, SinkConsumer sink) {
    ManualClock clock = new ManualClock();
    return create(signal, new FakeHost(clock), clock, sink, sink);
  }

  private ProcessorRun create(
      Signal signal, FakeHost host, ManualClock clock, SinkConsumer sink, Consumer next) {
    Processor processor = create(host.context("contract"), signal, ProcessorRun.guarded(next));
    return new ProcessorRun(host, clock, processor, new Traffic(signal), sink);
  }
}
