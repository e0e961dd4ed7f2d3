package io.millrace.exporter.promtranslation;

/**
 * What a {@link SeriesSink} hears of a point before its series. Lent for the call, moves from point
 * to point. Confined to one thread.
 */
public final class PointShape {
  boolean isDelta;
  long source;
  long bytesMax;

  PointShape() {}

  /** Whether its values are to be added to those before; only where the sink takes deltas. */
  public boolean isDelta() {
    return isDelta;
  }

  /** Hash of the resource and scope that the point is of. */
  public long source() {
    return source;
  }

  /** Bytes that its series take in remote write 1.0, at most. */
  public long bytesMax() {
    return bytesMax;
  }
}
