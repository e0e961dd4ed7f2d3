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
  private final CommonValidator common;

  DataPointValidator(CommonValidator common) {
    this.common = common;
  }

  /**
   * Validates one point.
   *
   * @param kind the tag of the metric's data
   */
  void validate(WireReader in, int kind) {
    int outer = in.enterMessage();
    switch (kind) {
      case Metric.HISTOGRAM -> histogram(in);
      case Metric.EXPONENTIAL_HISTOGRAM -> exponentialHistogram(in);
      case Metric.SUMMARY -> summary(in);
      default -> number(in);
    }
    in.leaveMessage(outer);
  }

  private void number(WireReader in) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case NumberDataPoint.ATTRIBUTES -> common.attributes(in, tag);
        case NumberDataPoint.EXEMPLARS -> exemplar(in);
        default -> in.skip(tag);
      }
    }
  }

  private void histogram(WireReader in) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case HistogramDataPoint.ATTRIBUTES -> common.attributes(in, tag);
        case HistogramDataPoint.EXEMPLARS -> exemplar(in);
        case HistogramDataPoint.BUCKET_COUNTS, HistogramDataPoint.EXPLICIT_BOUNDS ->
            packedFixed64(in);
        default -> in.skip(tag);
      }
    }
  }

  private void exponentialHistogram(WireReader in) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ExponentialHistogramDataPoint.ATTRIBUTES -> common.attributes(in, tag);
        case ExponentialHistogramDataPoint.EXEMPLARS -> exemplar(in);
        case ExponentialHistogramDataPoint.POSITIVE, ExponentialHistogramDataPoint.NEGATIVE ->
            buckets(in);
        default -> in.skip(tag);
      }
    }
  }

  private void summary(WireReader in) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SummaryDataPoint.ATTRIBUTES -> common.attributes(in, tag);
        case SummaryDataPoint.QUANTILE_VALUES -> numbers(in);
        default -> in.skip(tag);
      }
    }
  }

  private void exemplar(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Exemplar.FILTERED_ATTRIBUTES -> common.attributes(in, tag);
        case Exemplar.SPAN_ID -> common.id(in, "span_id", RecordValidator.SPAN_ID_BYTES);
        case Exemplar.TRACE_ID -> common.id(in, "trace_id", RecordValidator.TRACE_ID_BYTES);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void buckets(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Buckets.BUCKET_COUNTS) {
        packedVarints(in);
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  /** Validates a message that has numbers for fields only. */
  private void numbers(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
    }
    in.leaveMessage(outer);
  }

  private void packedFixed64(WireReader in) {
    int start = in.position();
    int length = in.readLength();
    if (length % Long.BYTES != 0) {
      throw in.malformed(
          start,
          "packed array of " + length + " bytes (expected: a multiple of " + Long.BYTES + ")");
    }
    in.advance(length);
  }

  /** The array is narrowed like a message, so that no number crosses its end. */
  private void packedVarints(WireReader in) {
    int outer = in.enterMessage();
    while (in.position() < in.limit()) {
      in.readVarint64();
    }
    in.leaveMessage(outer);
  }
}
