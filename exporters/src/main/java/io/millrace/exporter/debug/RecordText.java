package io.millrace.exporter.debug;

import io.millrace.pdata.ExponentialHistogramDataPointView;
import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.NumberCursor;
import io.millrace.pdata.NumberDataPointView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.Signal;
import io.millrace.pdata.SpanView;
import io.millrace.pdata.SummaryDataPointView;
import io.millrace.pdata.ValueAtQuantileView;

/** Writes a line per resource, scope, span, log record and data point. Guarded by its exporter. */
final class RecordText {
  private final OtlpWalker walker = new OtlpWalker();
  private final SpanView span = new SpanView();
  private final LogRecordView log = new LogRecordView();
  private final MetricView metric = new MetricView();
  private final NumberDataPointView number = new NumberDataPointView();
  private final HistogramDataPointView histogram = new HistogramDataPointView();
  private final ExponentialHistogramDataPointView exponential =
      new ExponentialHistogramDataPointView();
  private final SummaryDataPointView summary = new SummaryDataPointView();
  private final ValueAtQuantileView quantile = new ValueAtQuantileView();

  void append(OtlpBatch batch, StringBuilder out) {
    walker.wrap(batch);
    for (int resource = 0; walker.nextResource(); resource++) {
      out.append("\nResource #").append(resource).append(' ');
      ValueText.appendPairs(out, walker.resource().attributes(), " ");
      for (int scope = 0; walker.nextScope(); scope++) {
        appendScope(out, scope);
        appendRecords(out, batch.signal());
      }
    }
  }

  private void appendScope(StringBuilder out, int index) {
    out.append("\nScope #").append(index).append(' ').append(walker.scope().name().utf8());
    if (!walker.scope().version().isEmpty()) {
      out.append('@').append(walker.scope().version().utf8());
    }
    out.append(' ');
    ValueText.appendPairs(out, walker.scope().attributes(), " ");
  }

  private void appendRecords(StringBuilder out, Signal signal) {
    switch (signal) {
      case TRACES -> {
        while (walker.nextRecord(span)) {
          appendSpan(out);
        }
      }
      case LOGS -> {
        while (walker.nextRecord(log)) {
          appendLog(out);
        }
      }
      case METRICS -> {
        while (walker.nextRecord(metric)) {
          appendMetric(out);
        }
      }
      case PROFILES -> {}
    }
  }

  private void appendSpan(StringBuilder out) {
    out.append('\n').append(span.name().utf8());
    out.append(' ').append(ValueText.hex(span.traceId()));
    out.append(' ').append(ValueText.hex(span.spanId())).append(' ');
    ValueText.appendPairs(out, span.attributes(), " ");
  }

  private void appendLog(StringBuilder out) {
    out.append('\n');
    ValueText.appendValue(out, log.body());
    out.append(' ');
    ValueText.appendPairs(out, log.attributes(), " ");
  }

  private void appendMetric(StringBuilder out) {
    RangeCursor points = metric.dataPoints();
    switch (metric.kind()) {
      case NOT_SET -> {}
      case GAUGE, SUM -> {
        while (points.next(number)) {
          appendSeries(out, number.attributes());
          appendNumber(out);
        }
      }
      case HISTOGRAM -> {
        while (points.next(histogram)) {
          appendSeries(out, histogram.attributes());
          appendHistogram(out);
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        while (points.next(exponential)) {
          appendSeries(out, exponential.attributes());
          appendSums(out, exponential.count(), exponential.hasSum(), exponential.sum());
        }
      }
      case SUMMARY -> {
        while (points.next(summary)) {
          appendSeries(out, summary.attributes());
          appendSummary(out);
        }
      }
    }
  }

  private void appendSeries(StringBuilder out, RangeCursor attributes) {
    out.append('\n').append(metric.name().utf8()).append('{');
    ValueText.appendPairs(out, attributes, ",");
    out.append("} ");
  }

  private void appendNumber(StringBuilder out) {
    if (number.hasAsInt()) {
      out.append(number.asInt());
    } else {
      out.append(number.asDouble());
    }
  }

  private void appendHistogram(StringBuilder out) {
    appendSums(out, histogram.count(), histogram.hasSum(), histogram.sum());
    if (histogram.hasMin()) {
      out.append(" min=").append(histogram.min());
    }
    if (histogram.hasMax()) {
      out.append(" max=").append(histogram.max());
    }
    NumberCursor bounds = histogram.explicitBounds();
    NumberCursor counts = histogram.bucketCounts();
    while (bounds.next() && counts.next()) {
      out.append(" le").append(bounds.doubleValue()).append('=').append(counts.longValue());
    }
  }

  private static void appendSums(StringBuilder out, long count, boolean hasSum, double sum) {
    out.append("count=").append(Long.toUnsignedString(count));
    if (hasSum) {
      out.append(" sum=").append(sum);
    }
  }

  private void appendSummary(StringBuilder out) {
    appendSums(out, summary.count(), true, summary.sum());
    RangeCursor quantiles = summary.quantileValues();
    while (quantiles.next(quantile)) {
      out.append(" q").append(quantile.quantile()).append('=').append(quantile.value());
    }
  }
}
