package io.millrace.exporter.debug;

import io.millrace.pdata.BucketsView;
import io.millrace.pdata.ExemplarView;
import io.millrace.pdata.ExponentialHistogramDataPointView;
import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.NumberCursor;
import io.millrace.pdata.NumberDataPointView;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.SummaryDataPointView;
import io.millrace.pdata.ValueAtQuantileView;

/** Writes the metrics of a scope and their data points. Guarded by its exporter. */
final class MetricFields {
  private final MetricView metric = new MetricView();
  private final NumberDataPointView number = new NumberDataPointView();
  private final HistogramDataPointView histogram = new HistogramDataPointView();
  private final ExponentialHistogramDataPointView exponential =
      new ExponentialHistogramDataPointView();
  private final SummaryDataPointView summary = new SummaryDataPointView();
  private final ValueAtQuantileView quantile = new ValueAtQuantileView();
  private final ExemplarView exemplar = new ExemplarView();

  void append(Lines lines, OtlpWalker scope) {
    for (int index = 0; scope.nextRecord(metric); index++) {
      lines.begin("Metric", index);
      lines.text("name", metric.name());
      lines.text("description", metric.description());
      lines.text("unit", metric.unit());
      lines.field("data_type", metric.kind());
      lines.field("is_monotonic", metric.isMonotonic());
      lines.field("aggregation_temporality", temporality(metric.aggregationTemporality()));
      lines.attributes("metadata", metric.metadata());
      points(lines);
      lines.end();
    }
  }

  private void points(Lines lines) {
    RangeCursor points = metric.dataPoints();
    switch (metric.kind()) {
      case NOT_SET -> {}
      case GAUGE, SUM -> {
        for (int index = 0; points.next(number); index++) {
          number(lines, index);
        }
      }
      case HISTOGRAM -> {
        for (int index = 0; points.next(histogram); index++) {
          histogram(lines, index);
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        for (int index = 0; points.next(exponential); index++) {
          exponential(lines, index);
        }
      }
      case SUMMARY -> {
        for (int index = 0; points.next(summary); index++) {
          summary(lines, index);
        }
      }
    }
  }

  private void number(Lines lines, int index) {
    begin(lines, index, number.startTimeUnixNano(), number.timeUnixNano(), number.flags());
    if (number.hasAsInt()) {
      lines.field("as_int", number.asInt());
    } else {
      lines.field("as_double", number.asDouble());
    }
    lines.attributes("attributes", number.attributes());
    exemplars(lines, number.exemplars());
    lines.end();
  }

  private void histogram(Lines lines, int index) {
    begin(lines, index, histogram.startTimeUnixNano(), histogram.timeUnixNano(), histogram.flags());
    lines.unsigned("count", histogram.count());
    optional(lines, "sum", histogram.hasSum(), histogram.sum());
    optional(lines, "min", histogram.hasMin(), histogram.min());
    optional(lines, "max", histogram.hasMax(), histogram.max());
    numbers(lines, "explicit_bounds", histogram.explicitBounds(), true);
    numbers(lines, "bucket_counts", histogram.bucketCounts(), false);
    lines.attributes("attributes", histogram.attributes());
    exemplars(lines, histogram.exemplars());
    lines.end();
  }

  private void exponential(Lines lines, int index) {
    begin(
        lines,
        index,
        exponential.startTimeUnixNano(),
        exponential.timeUnixNano(),
        exponential.flags());
    lines.unsigned("count", exponential.count());
    optional(lines, "sum", exponential.hasSum(), exponential.sum());
    optional(lines, "min", exponential.hasMin(), exponential.min());
    optional(lines, "max", exponential.hasMax(), exponential.max());
    lines.field("scale", exponential.scale());
    lines.unsigned("zero_count", exponential.zeroCount());
    lines.field("zero_threshold", exponential.zeroThreshold());
    buckets(lines, "positive", exponential.positive());
    buckets(lines, "negative", exponential.negative());
    lines.attributes("attributes", exponential.attributes());
    exemplars(lines, exponential.exemplars());
    lines.end();
  }

  private void summary(Lines lines, int index) {
    begin(lines, index, summary.startTimeUnixNano(), summary.timeUnixNano(), summary.flags());
    lines.unsigned("count", summary.count());
    lines.field("sum", summary.sum());
    RangeCursor quantiles = summary.quantileValues();
    while (quantiles.next(quantile)) {
      lines.field("quantile " + quantile.quantile(), quantile.value());
    }
    lines.attributes("attributes", summary.attributes());
    lines.end();
  }

  private static void begin(Lines lines, int index, long start, long time, int flags) {
    lines.begin("DataPoint", index);
    lines.time("start_time", start);
    lines.time("time", time);
    lines.field("flags", "0x" + Integer.toHexString(flags));
  }

  private static void optional(Lines lines, String name, boolean isSet, double value) {
    if (isSet) {
      lines.field(name, value);
    }
  }

  private static void buckets(Lines lines, String name, BucketsView buckets) {
    lines.field(name + " offset", buckets.offset());
    numbers(lines, name + " bucket_counts", buckets.bucketCounts(), false);
  }

  private static void numbers(Lines lines, String name, NumberCursor numbers, boolean isDouble) {
    StringBuilder text = new StringBuilder();
    while (numbers.next()) {
      text.append(text.isEmpty() ? "" : " ");
      if (isDouble) {
        text.append(numbers.doubleValue());
      } else {
        text.append(Long.toUnsignedString(numbers.longValue()));
      }
    }
    lines.field(name, text);
  }

  private void exemplars(Lines lines, RangeCursor exemplars) {
    for (int index = 0; exemplars.next(exemplar); index++) {
      lines.begin("Exemplar", index);
      lines.time("time", exemplar.timeUnixNano());
      lines.id("trace_id", exemplar.traceId());
      lines.id("span_id", exemplar.spanId());
      lines.field(
          "value",
          exemplar.hasAsInt()
              ? Long.toString(exemplar.asInt())
              : Double.toString(exemplar.asDouble()));
      lines.attributes("filtered_attributes", exemplar.filteredAttributes());
      lines.end();
    }
  }

  private static String temporality(int value) {
    return switch (value) {
      case 0 -> "Unspecified";
      case 1 -> "Delta";
      case 2 -> "Cumulative";
      default -> Integer.toString(value);
    };
  }
}
