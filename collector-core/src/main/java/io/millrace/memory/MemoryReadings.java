package io.millrace.memory;

/** What the process uses; a seam, because a test cannot fill the heap to order. Thread safe. */
public interface MemoryReadings {
  /**
   * What a collection of the whole heap found. Immutable.
   *
   * @param number 0 when none has been seen
   * @param liveHeapBytes that survived it
   * @param accountedBytes of telemetry that the process held then
   */
  record Collection(long number, long liveHeapBytes, long accountedBytes) {
    public static final Collection NONE = new Collection(0, 0, 0);
  }

  /** Returns the last full collection that was seen. */
  Collection lastCollection();

  /** Returns the bytes of direct buffers. */
  long directBytes();
}
