package io.millrace.exporter.sending;

/**
 * The room in a queue for what waits until the backend knows its account: a quarter, so that others
 * go on. What is put in although it is full counts too. Guarded by the lock of its {@link
 * SendQueue}.
 */
final class HeldRoom {
  private static final int SHARE = 4;

  private final QueueConfig.Sizer unit;
  private final long unitsMax;
  private final long bytesMax;
  private long units;
  private long bytes;

  /** Creates the room of a queue of so many units and bytes. */
  HeldRoom(QueueConfig.Sizer unit, long capacity, long bytes) {
    this.unit = unit;
    this.unitsMax = Math.max(1, capacity / SHARE);
    this.bytesMax = Math.max(1, bytes / SHARE);
  }

  boolean isFull() {
    return units >= unitsMax || bytes >= bytesMax;
  }

  boolean isExceeded() {
    return units > unitsMax || bytes > bytesMax;
  }

  void add(PendingBatch batch) {
    units += unitsOf(batch);
    bytes += batch.batch.length();
  }

  void remove(PendingBatch batch) {
    units -= unitsOf(batch);
    bytes -= batch.batch.length();
  }

  private long unitsOf(PendingBatch batch) {
    return unit.sizeOf(batch.requests, batch.batch.items(), batch.batch.length());
  }
}
