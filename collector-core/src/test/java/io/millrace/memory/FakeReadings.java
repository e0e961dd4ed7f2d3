package io.millrace.memory;

import java.util.function.LongSupplier;

/** A JVM whose memory a test sets. Confined to the test's thread. */
final class FakeReadings implements MemoryReadings {
  private final LongSupplier accountedBytes;
  private Collection last = Collection.NONE;
  long directBytes;
  int looks;

  FakeReadings(LongSupplier accountedBytes) {
    this.accountedBytes = accountedBytes;
  }

  /** A full collection leaves so much of the heap. */
  void collect(long left) {
    last = new Collection(last.number() + 1, left, accountedBytes.getAsLong());
  }

  @Override
  public Collection lastCollection() {
    return last;
  }

  @Override
  public long directBytes() {
    looks++;
    return directBytes;
  }
}
