package io.millrace.processor.memorylimiter;

import io.millrace.memory.MemoryReadings;

/** A JVM that uses nothing beside telemetry. Immutable. */
record NoReadings() implements MemoryReadings {
  @Override
  public Collection lastCollection() {
    return Collection.NONE;
  }

  @Override
  public long directBytes() {
    return 0;
  }
}
