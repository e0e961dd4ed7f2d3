package io.millrace.processor.memorylimiter;

/** A JVM whose memory a test sets. Confined to the test's thread. */
final class FakeReadings implements MemoryReadings {
  long collections;
  long liveBytes;
  long directBytes;
  int looks;

  /** A full collection leaves so much of the heap. */
  void collect(long left) {
    collections++;
    liveBytes = left;
  }

  @Override
  public long fullCollections() {
    looks++;
    return collections;
  }

  @Override
  public long liveHeapBytes() {
    return liveBytes;
  }

  @Override
  public long directBytes() {
    return directBytes;
  }
}
