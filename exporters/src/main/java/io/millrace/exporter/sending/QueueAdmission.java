package io.millrace.exporter.sending;

import io.millrace.component.Admission;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Admits requests while the queue has room, in its unit and in bytes. Thread safe. */
final class QueueAdmission implements Admission {
  private final QueueConfig.Sizer unit;
  private final Load units;
  private final Load bytes;
  private final LongSupplier hintNanos;

  /**
   * Creates the admission of an empty queue.
   *
   * @param maxBytes bound beside the configured one
   * @param hintNanos when room may be expected
   */
  QueueAdmission(QueueConfig config, long maxBytes, LongSupplier hintNanos) {
    this.unit = config.unit();
    this.units = new Load(config.capacity());
    this.bytes = new Load(maxBytes);
    this.hintNanos = hintNanos;
  }

  @Override
  public @Nullable Settlement reserve(
      Signal signal, int items, int length, RequestContext context) {
    long size = unit.sizeOf(1, items, length);
    if (!units.tryReserve(size)) {
      return refusal();
    }
    if (!bytes.tryReserve(length)) {
      units.release(size);
      return refusal();
    }
    return null;
  }

  private Settlement refusal() {
    return Settlement.refused("queue_full", hintNanos.getAsLong());
  }

  @Override
  public void release(Signal signal, int items, int length) {
    units.release(unit.sizeOf(1, items, length));
    bytes.release(length);
  }

  /** Counts what has arrived, whether or not there is room. */
  void entered(int requests, int items, int length) {
    units.add(unit.sizeOf(requests, items, length));
    bytes.add(length);
  }

  /** Gives back the room of what has ended. */
  void left(int requests, int items, int length) {
    units.remove(unit.sizeOf(requests, items, length));
    bytes.remove(length);
  }

  boolean hasRoom() {
    return units.hasRoom() && bytes.hasRoom();
  }

  long used() {
    return units.used();
  }

  long highWater() {
    return units.highWater();
  }

  long capacity() {
    return units.capacity();
  }
}
