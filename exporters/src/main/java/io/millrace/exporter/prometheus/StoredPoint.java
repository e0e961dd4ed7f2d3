package io.millrace.exporter.prometheus;

/**
 * The last point of one label set in a family. {@link #values} and what says what became of it are
 * guarded by the point itself, which is locked for one update or for writing it once.
 */
final class StoredPoint {
  /** Its labels without name, bound and quantile, sorted, encoded like those of a series. */
  final LabelKey key;

  final PointValues values = new PointValues();
  long source;
  long updatedNanos;
  long chargedBytes;

  /** It has left the store; who still holds it looks again. */
  boolean isRemoved;

  StoredPoint(LabelKey key) {
    this.key = key;
  }

  /** Whether it has values, and is still in the store. */
  boolean isShown() {
    return chargedBytes > 0 && !isRemoved;
  }
}
