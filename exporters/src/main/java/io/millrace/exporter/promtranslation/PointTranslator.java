package io.millrace.exporter.promtranslation;

import io.millrace.pdata.DataPointView;
import org.jspecify.annotations.Nullable;

/** Translates points of one kind. Confined to one thread. */
interface PointTranslator {
  /** The view to move to a point. */
  DataPointView view();

  /** Hands the series of that point over; returns why it has none, or {@code null}. */
  @Nullable Rejection translate(MetricFamily family);
}
