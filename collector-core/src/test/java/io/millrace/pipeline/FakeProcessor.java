package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** A processor that does with each batch what the test says. Confined like any processor. */
final class FakeProcessor implements Processor {
  final String name;
  final List<String> lifecycle;
  final Consumer next;
  volatile BiConsumer<OtlpBatch, Consumer> work = (batch, out) -> out.consume(batch);
  volatile Admission admission = Admission.ALWAYS;
  volatile Validation requires = Validation.FRAMING;
  volatile Duration tickInterval = Duration.ZERO;
  volatile LongSupplier heldItems = () -> 0;
  volatile LongSupplier heldBytes = () -> 0;
  volatile Runnable onTick = () -> {};
  volatile java.util.function.Consumer<Consumer> onShutdown = out -> {};

  FakeProcessor(String name, List<String> lifecycle, Consumer next) {
    this.name = name;
    this.lifecycle = lifecycle;
    this.next = next;
  }

  @Override
  public void start() {
    lifecycle.add("start " + name);
  }

  @Override
  public void shutdown() {
    lifecycle.add("shutdown " + name);
    onShutdown.accept(next);
  }

  @Override
  public void consume(OtlpBatch batch) {
    work.accept(batch, next);
  }

  @Override
  public void tick(long nanos) {
    onTick.run();
  }

  @Override
  public Duration tickInterval() {
    return tickInterval;
  }

  @Override
  public long heldItems() {
    return heldItems.getAsLong();
  }

  @Override
  public long heldBytes() {
    return heldBytes.getAsLong();
  }

  @Override
  public Admission admission() {
    return admission;
  }

  @Override
  public Validation requires() {
    return requires;
  }
}
