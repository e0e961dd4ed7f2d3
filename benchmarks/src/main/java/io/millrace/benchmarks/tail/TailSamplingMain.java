package io.millrace.benchmarks.tail;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.processor.tailsampling.TailSamplingProcessorFactory;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * What does a span cost the tail sampler, from ingest to decision and export, and how much memory
 * does it hold? Time is virtual, so that the wait costs none. Confined to one thread.
 *
 * <p>The processor's whole work is measured, on the thread it is called on: walking the batch, four
 * policies, storing, deciding, and writing exports of the one trace in ten that is kept. What
 * counts is the CPU time of the process, garbage collection and compilation included.
 */
public final class TailSamplingMain {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long BUDGET_BYTES = 8L << 30;
  private static final long NANOS_PER_BATCH = 1_000_000;
  private static final int BATCHES_PER_TICK = 100;
  private static final int ROUND_BATCHES = 20_000;
  private static final int ROUNDS = 6;
  private static final int TICKS_WARMUP_BATCHES = 40_000;
  private static final int TICKS_BATCHES = 100_000;
  private static final int TRACES_HELD = 500_000;
  private static final int SPANS_HELD_PER_TRACE = 3;
  private static final int ROW_BYTES = 128;

  private static final String POLICIES =
      """
      num_traces: 2000000
      max_memory_mib: 4000
      policies:
        - {name: errors, type: status_code, status_code: {status_codes: [ERROR]}}
        - {name: slow, type: latency, latency: {threshold_ms: 5000}}
        - {name: route, type: string_attribute,
           string_attribute: {key: http.route, values: [/never, /neither]}}
        - {name: some, type: probabilistic, probabilistic: {sampling_percentage: 9}}
      """;

  /** A clock that the measurement moves; during a tick, which looks at it, it moves by itself. */
  private static final class VirtualClock implements Clock {
    private long nanos;
    private boolean isRunning;
    private long startNanos;

    void start() {
      isRunning = true;
      startNanos = System.nanoTime();
    }

    void stop() {
      nanos = nanos();
      isRunning = false;
    }

    @Override
    public long nanos() {
      return isRunning ? nanos + System.nanoTime() - startNanos : nanos;
    }

    @Override
    public long unixNanos() {
      return 1_780_000_000_000_000_000L + nanos();
    }
  }

  private final VirtualClock clock = new VirtualClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final Processor processor;
  private long spansOut;
  private long longestTickNanos;

  private TailSamplingMain(String decisionWait) throws ConfigException {
    ComponentContext context =
        new ComponentContext(
            ComponentId.parse("tail_sampling"),
            clock,
            metrics,
            new ByteBudget(BUDGET_BYTES),
            _ -> {});
    processor =
        create(
            new TailSamplingProcessorFactory(),
            "decision_wait: " + decisionWait + "\n" + POLICIES,
            context);
  }

  private <C extends Record> Processor create(
      ProcessorFactory<C> factory, String yaml, ComponentContext context) throws ConfigException {
    C config = ConfigLoader.loadComponent(factory, yaml);
    return factory.create(context, config, Signal.TRACES, this::count);
  }

  private void count(OtlpBatch batch) {
    spansOut += batch.items();
    batch.ack().delivered();
  }

  /** Prints all answers. */
  public static void main(String[] arguments) throws ConfigException {
    new TailSamplingMain("2s").measureThroughput();
    new TailSamplingMain("1h").measureMemory();
    new TailSamplingMain("14s").measureTicks();
  }

  private void measureThroughput() {
    SpanStream stream = new SpanStream(5);
    for (int round = 1; round <= ROUNDS; round++) {
      long before = spansOut;
      longestTickNanos = 0;
      long start = PROCESS.getProcessCpuTime();
      send(stream, ROUND_BATCHES);
      long nanos = PROCESS.getProcessCpuTime() - start;
      long spans = (long) ROUND_BATCHES * SpanStream.BATCH_SPANS;
      System.out.printf(
          Locale.ROOT,
          "round %d: %,d spans per second of CPU, %.0f ns a span, %.1f %% kept, longest tick %.1f"
              + " ms%n",
          round,
          (long) (spans / (nanos / 1e9)),
          (double) nanos / spans,
          100.0 * (spansOut - before) / spans,
          longestTickNanos / 1e6);
    }
    processor.shutdown();
  }

  private void send(SpanStream stream, int batches) {
    for (int i = 1; i <= batches; i++) {
      processor.consume(stream.next());
      clock.nanos += NANOS_PER_BATCH;
      if (i % BATCHES_PER_TICK == 0) {
        long start = THREADS.getCurrentThreadCpuTime();
        clock.start();
        processor.tick(clock.nanos());
        clock.stop();
        longestTickNanos = Math.max(longestTickNanos, THREADS.getCurrentThreadCpuTime() - start);
      }
    }
  }

  private void measureMemory() {
    SpanStream stream = new SpanStream(SPANS_HELD_PER_TRACE);
    int batches = TRACES_HELD * SPANS_HELD_PER_TRACE / SpanStream.BATCH_SPANS;
    send(stream, batches);
    long traces = (long) batches * SpanStream.BATCH_SPANS / SPANS_HELD_PER_TRACE;
    long wire = processor.heldItems() * SpanStream.SPAN_BYTES;
    long held = heldBytes();
    System.out.printf(
        Locale.ROOT,
        "%,d traces of %d spans: %,d bytes on the wire, %,d bytes held;"
            + " less %d a trace that is %.3f of the wire%n",
        traces,
        SPANS_HELD_PER_TRACE,
        wire,
        held,
        ROW_BYTES,
        (double) (held - ROW_BYTES * traces) / wire);
    processor.shutdown();
  }

  /**
   * Holds the spans of the wait, which are more than a gigabyte, while as many come as go. Batches
   * have bytes of their own, which are garbage behind the processor, as requests are.
   */
  private void measureTicks() {
    SpanStream stream = new SpanStream(5).withOwnBytes();
    send(stream, TICKS_WARMUP_BATCHES);
    longestTickNanos = 0;
    try (Pauses pauses = new Pauses()) {
      send(stream, TICKS_BATCHES);
      pauses.stop();
      System.out.printf(
          Locale.ROOT,
          "%,d bytes held: longest of %d ticks %.1f ms, longest of %d pauses %.1f ms%n",
          heldBytes(),
          TICKS_BATCHES / BATCHES_PER_TICK,
          longestTickNanos / 1e6,
          pauses.count(),
          pauses.longestMillis());
    }
    processor.shutdown();
  }

  private long heldBytes() {
    String name = "millrace_tail_sampling_held_bytes ";
    return PrometheusText.write(metrics)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .sum();
  }
}
