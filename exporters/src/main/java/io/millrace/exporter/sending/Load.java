package io.millrace.exporter.sending;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Counts what a queue holds and what the door has promised it against a capacity.
 *
 * <p>A batch is added before its reservation is released, so the sum never shows too little. The
 * last request admitted may exceed the capacity: one larger than all of it must pass an empty
 * queue. Thread safe.
 */
final class Load {
  private final long capacity;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong reserved = new AtomicLong();
  private final LongAccumulator highWater = new LongAccumulator(Math::max, 0);

  Load(long capacity) {
    this.capacity = capacity;
  }

  boolean tryReserve(long amount) {
    if (reserved.getAndAdd(amount) + used.get() < capacity) {
      return true;
    }
    reserved.addAndGet(-amount);
    return false;
  }

  boolean hasRoom() {
    return used.get() < capacity;
  }

  void release(long amount) {
    reserved.addAndGet(-amount);
  }

  void add(long amount) {
    highWater.accumulate(used.addAndGet(amount));
  }

  void remove(long amount) {
    used.addAndGet(-amount);
  }

  long used() {
    return used.get();
  }

  /** Returns the most that was ever held. */
  long highWater() {
    return highWater.get();
  }

  long capacity() {
    return capacity;
  }
}
