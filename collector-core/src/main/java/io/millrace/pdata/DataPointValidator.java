package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.Exemplar;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint.Buckets;
import io.millrace.pdata.MetricsTags.HistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.pdata.MetricsTags.SummaryDataPoint;
import io.millrace.wire.WireReader;

/** Validates the points of all five kinds of metric. Confined to one thread. */
final class DataPointValidator {
  private final WireReader in;
  private final CommonValidator common;

  DataPointValidator(WireReader in, CommonValidator common) {
    this.in = in;
    this.common = common;
  }

  /**
   * Validates one point.
   *
   * @param kind the tag of the metric's data
   */
  void validate(int kind) {
    int outer = in.enterMessage();
    switch (kind) {
      case Metric.HISTOGRAM -> histogram();
      case Metric.EXPONENTIAL_HISTOGRAM -> exponentialHistogram();
      case Metric.SUMMARY -> summary();
      default -> number();
    }
    in.leaveMessage(outer);
  }

  private void number() {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case NumberDataPoint.ATTRIBUTES -> common.attributes(tag);
        case NumberDataPoint.EXEMPLARS -> exemplar();
        default -> in.skip(tag);
      }
    }
  }

  private void histogram() {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case HistogramDataPoint.ATTRIBUTES -> common.attributes(tag);
        case HistogramDataPoint.EXEMPLARS -> exemplar();
        case HistogramDataPoint.BUCKET_COUNTS, HistogramDataPoint.EXPLICIT_BOUNDS ->
            packedFixed64();
        default -> in.skip(tag);
      }
    }
  }

  private void exponentialHistogram() {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ExponentialHistogramDataPoint.ATTRIBUTES -> common.attributes(tag);
        case ExponentialHistogramDataPoint.EXEMPLARS -> exemplar();
        case ExponentialHistogramDataPoint.POSITIVE, ExponentialHistogramDataPoint.NEGATIVE ->
            buckets();
        default -> in.skip(tag);
      }
    }
  }

  private void summary() {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SummaryDataPoint.ATTRIBUTES -> common.attributes(tag);
        case SummaryDataPoint.QUANTILE_VALUES -> numbers();
        default -> in.skip(tag);
      }
    }
  }

  private void exemplar() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Exemplar.FILTERED_ATTRIBUTES -> common.attributes(tag);
        case Exemplar.SPAN_ID -> common.id("span_id", RecordValidator.SPAN_ID_BYTES);
        case Exemplar.TRACE_ID -> common.id("trace_id", RecordValidator.TRACE_ID_BYTES);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void buckets() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Buckets.BUCKET_COUNTS) {
        packedVarints();
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  /** Validates a message that has numbers for fields only. */
  private void numbers() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
    }
    in.leaveMessage(outer);
  }

  private void packedFixed64() {
    int start = in.position();
    int length = in.readLength();
    if (length % Long.BYTES != 0) {
      throw in.malformed(
          start,
          "packed array of " + length + " bytes (expected: a multiple of " + Long.BYTES + ")");
    }
    in.advance(length);
  }

  private void packedVarints() {
    int outer = in.enterMessage();
    while (in.position() < in.limit()) {
      in.readVarint64();
    }
    in.leaveMessage(outer);
  }
}
