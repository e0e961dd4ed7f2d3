package io.millrace.exporter.promtranslation;

/**
 * What a {@link SeriesSink} hears of a point before its series. Lent for the call, moves from point
 * to point. Confined to one thread.
 */
public final class PointShape {
  long source;
  long bytesMax;

  PointShape() {}

  /** Hash of the resource and scope that the point is of. */
  public long source() {
    return source;
  }

  /** Bytes that its series take in remote write 1.0, at most. */
  public long bytesMax() {
    return bytesMax;
  }
}
