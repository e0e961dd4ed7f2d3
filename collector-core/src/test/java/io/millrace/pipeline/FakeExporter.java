package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.component.Exporter;
import io.millrace.component.Listener;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An exporter that keeps batches until the test says how they end. Thread safe. */
final class FakeExporter implements Exporter, Admission {
  final List<String> lifecycle;
  final String name;
  volatile int capacity = Integer.MAX_VALUE;
  volatile boolean isMandatory;
  volatile boolean waitsForResult;
  volatile Validation requires = Validation.FRAMING;
  volatile Settlement whenFull = Settlement.refused("queue_full", 0);
  volatile Consumer<OtlpBatch> onConsume = batch -> {};
  volatile Runnable onShutdown = () -> {};
  volatile @Nullable Exception startFailure;
  volatile List<Listener> listeners = List.of();

  private final List<OtlpBatch> held = new ArrayList<>();
  private final List<OtlpBatch> taken = new ArrayList<>();
  private int reserved;

  FakeExporter(String name, List<String> lifecycle) {
    this.name = name;
    this.lifecycle = lifecycle;
  }

  @Override
  public void start() throws Exception {
    lifecycle.add("start " + name);
    if (startFailure != null) {
      throw startFailure;
    }
  }

  @Override
  public void shutdown() {
    lifecycle.add("shutdown " + name);
    onShutdown.run();
  }

  @Override
  public List<Listener> listeners() {
    return listeners;
  }

  @Override
  public void consume(OtlpBatch batch) {
    onConsume.accept(batch);
    synchronized (this) {
      held.add(batch);
      taken.add(batch);
    }
  }

  /** Returns the batches that came so far. */
  synchronized List<OtlpBatch> taken() {
    return List.copyOf(taken);
  }

  /** Gives the batches away that wait for their end. */
  synchronized List<OtlpBatch> takeHeld() {
    List<OtlpBatch> all = List.copyOf(held);
    held.clear();
    return all;
  }

  /** Ends everything held the same way. */
  void settleAll(Settlement settlement) {
    takeHeld().forEach(batch -> batch.ack().settle(settlement));
  }

  synchronized int reserved() {
    return reserved;
  }

  @Override
  public synchronized long heldItems() {
    return held.stream().mapToLong(OtlpBatch::items).sum();
  }

  @Override
  public synchronized long heldBytes() {
    return held.stream().mapToLong(batch -> batch.ack().bytes()).sum();
  }

  @Override
  public synchronized boolean hasRoom() {
    return held.size() < capacity;
  }

  @Override
  public synchronized @Nullable Settlement reserve(
      Signal signal, int items, int bytes, RequestContext context) {
    if (held.size() + reserved >= capacity) {
      return whenFull;
    }
    reserved++;
    return null;
  }

  @Override
  public synchronized void release(Signal signal, int items, int bytes) {
    reserved--;
  }

  @Override
  public Admission admission() {
    return this;
  }

  @Override
  public boolean isMandatory() {
    return isMandatory;
  }

  @Override
  public boolean waitsForResult() {
    return waitsForResult;
  }

  @Override
  public Validation requires() {
    return requires;
  }
}
