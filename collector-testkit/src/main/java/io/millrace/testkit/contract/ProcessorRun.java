package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import java.time.Duration;

/**
 * One processor between its input and a sink, treated the way the host does. Confined to one
 * thread.
 */
final class ProcessorRun {
  private static final Settlement PROCESSOR_ERROR = Settlement.dropped("processor_error");
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  final FakeHost host;
  final Traffic traffic;
  final SinkConsumer sink;
  private final ManualClock clock;
  private final Processor processor;

  ProcessorRun(
      FakeHost host, ManualClock clock, Processor processor, Traffic traffic, SinkConsumer sink) {
    this.host = host;
    this.clock = clock;
    this.processor = processor;
    this.traffic = traffic;
    this.sink = sink;
  }

  /**
   * Returns {@code next} as the stage before it sees it: an exception costs the batch it was thrown
   * on and goes no further.
   */
  static Consumer guarded(Consumer next) {
    return batch -> {
      try {
        next.consume(batch);
      } catch (RuntimeException e) {
        batch.ack().settle(PROCESSOR_ERROR);
      }
    };
  }

  void start() throws Exception {
    processor.start();
  }

  void feed(int batches, int itemsEach) {
    for (int i = 0; i < batches; i++) {
      feed(traffic.batch(itemsEach));
    }
  }

  void feed(OtlpBatch batch) {
    Settlement refusal =
        processor
            .admission()
            .reserve(batch.signal(), batch.items(), batch.length(), RequestContext.EMPTY);
    assertThat(refusal).as("refusal at the door").isNull();
    processor.consume(batch);
    processor.admission().release(batch.signal(), batch.items(), batch.length());
  }

  /** Lets so much time pass that whatever waits for time is due. */
  void tick() {
    clock.advance(LONG_ENOUGH);
    if (!processor.tickInterval().isZero()) {
      processor.tick(clock.nanos());
    }
  }

  long heldItems() {
    return processor.heldItems();
  }

  long heldBytes() {
    return processor.heldBytes();
  }

  void shutdown() {
    processor.shutdown();
  }
}
