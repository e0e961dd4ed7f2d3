package io.millrace.processor.memorylimiter;

/** What the process uses; a seam, because a test cannot fill the heap to order. Thread safe. */
interface MemoryReadings {
  /** Returns how often the whole heap has been collected since the start. */
  long fullCollections();

  /** Returns the bytes of the heap that survived the last full collection; 0 before the first. */
  long liveHeapBytes();

  /** Returns the bytes of direct buffers. */
  long directBytes();
}
