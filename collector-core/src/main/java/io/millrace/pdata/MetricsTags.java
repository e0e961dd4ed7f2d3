package io.millrace.pdata;

import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/**
 * Tags of metric messages: field number and wire type in one constant per field, for {@code
 * switch}.
 *
 * <p>A known field with another wire type matches none of them and is skipped as unknown, as
 * protobuf does. Of a repeated number the plain constant is the packed form. Source: {@code
 * metrics.proto} of opentelemetry-proto. Immutable.
 */
public final class MetricsTags {
  public static final class MetricsData {
    public static final int RESOURCE_METRICS = (1 << 3) | LENGTH_DELIMITED;

    private MetricsData() {}
  }

  public static final class ResourceMetrics {
    public static final int RESOURCE = (1 << 3) | LENGTH_DELIMITED;
    public static final int SCOPE_METRICS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ResourceMetrics() {}
  }

  public static final class ScopeMetrics {
    public static final int SCOPE = (1 << 3) | LENGTH_DELIMITED;
    public static final int METRICS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ScopeMetrics() {}
  }

  public static final class Metric {
    public static final int NAME = (1 << 3) | LENGTH_DELIMITED;
    public static final int DESCRIPTION = (2 << 3) | LENGTH_DELIMITED;
    public static final int UNIT = (3 << 3) | LENGTH_DELIMITED;
    public static final int GAUGE = (5 << 3) | LENGTH_DELIMITED;
    public static final int SUM = (7 << 3) | LENGTH_DELIMITED;
    public static final int HISTOGRAM = (9 << 3) | LENGTH_DELIMITED;
    public static final int EXPONENTIAL_HISTOGRAM = (10 << 3) | LENGTH_DELIMITED;
    public static final int SUMMARY = (11 << 3) | LENGTH_DELIMITED;
    public static final int METADATA = (12 << 3) | LENGTH_DELIMITED;

    private Metric() {}
  }

  public static final class Gauge {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;

    private Gauge() {}
  }

  public static final class Sum {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;
    public static final int AGGREGATION_TEMPORALITY = (2 << 3) | VARINT;
    public static final int IS_MONOTONIC = (3 << 3) | VARINT;

    private Sum() {}
  }

  public static final class Histogram {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;
    public static final int AGGREGATION_TEMPORALITY = (2 << 3) | VARINT;

    private Histogram() {}
  }

  public static final class ExponentialHistogram {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;
    public static final int AGGREGATION_TEMPORALITY = (2 << 3) | VARINT;

    private ExponentialHistogram() {}
  }

  public static final class Summary {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;

    private Summary() {}
  }

  public static final class NumberDataPoint {
    public static final int START_TIME_UNIX_NANO = (2 << 3) | FIXED64;
    public static final int TIME_UNIX_NANO = (3 << 3) | FIXED64;
    public static final int AS_DOUBLE = (4 << 3) | FIXED64;
    public static final int EXEMPLARS = (5 << 3) | LENGTH_DELIMITED;
    public static final int AS_INT = (6 << 3) | FIXED64;
    public static final int ATTRIBUTES = (7 << 3) | LENGTH_DELIMITED;
    public static final int FLAGS = (8 << 3) | VARINT;

    private NumberDataPoint() {}
  }

  public static final class HistogramDataPoint {
    public static final int START_TIME_UNIX_NANO = (2 << 3) | FIXED64;
    public static final int TIME_UNIX_NANO = (3 << 3) | FIXED64;
    public static final int COUNT = (4 << 3) | FIXED64;
    public static final int SUM = (5 << 3) | FIXED64;
    public static final int BUCKET_COUNTS = (6 << 3) | LENGTH_DELIMITED;
    public static final int BUCKET_COUNTS_UNPACKED = (6 << 3) | FIXED64;
    public static final int EXPLICIT_BOUNDS = (7 << 3) | LENGTH_DELIMITED;
    public static final int EXPLICIT_BOUNDS_UNPACKED = (7 << 3) | FIXED64;
    public static final int EXEMPLARS = (8 << 3) | LENGTH_DELIMITED;
    public static final int ATTRIBUTES = (9 << 3) | LENGTH_DELIMITED;
    public static final int FLAGS = (10 << 3) | VARINT;
    public static final int MIN = (11 << 3) | FIXED64;
    public static final int MAX = (12 << 3) | FIXED64;

    private HistogramDataPoint() {}
  }

  public static final class ExponentialHistogramDataPoint {
    public static final int ATTRIBUTES = (1 << 3) | LENGTH_DELIMITED;
    public static final int START_TIME_UNIX_NANO = (2 << 3) | FIXED64;
    public static final int TIME_UNIX_NANO = (3 << 3) | FIXED64;
    public static final int COUNT = (4 << 3) | FIXED64;
    public static final int SUM = (5 << 3) | FIXED64;
    public static final int SCALE = (6 << 3) | VARINT;
    public static final int ZERO_COUNT = (7 << 3) | FIXED64;
    public static final int POSITIVE = (8 << 3) | LENGTH_DELIMITED;
    public static final int NEGATIVE = (9 << 3) | LENGTH_DELIMITED;
    public static final int FLAGS = (10 << 3) | VARINT;
    public static final int EXEMPLARS = (11 << 3) | LENGTH_DELIMITED;
    public static final int MIN = (12 << 3) | FIXED64;
    public static final int MAX = (13 << 3) | FIXED64;
    public static final int ZERO_THRESHOLD = (14 << 3) | FIXED64;

    private ExponentialHistogramDataPoint() {}

    public static final class Buckets {
      public static final int OFFSET = (1 << 3) | VARINT;
      public static final int BUCKET_COUNTS = (2 << 3) | LENGTH_DELIMITED;
      public static final int BUCKET_COUNTS_UNPACKED = (2 << 3) | VARINT;

      private Buckets() {}
    }
  }

  public static final class SummaryDataPoint {
    public static final int START_TIME_UNIX_NANO = (2 << 3) | FIXED64;
    public static final int TIME_UNIX_NANO = (3 << 3) | FIXED64;
    public static final int COUNT = (4 << 3) | FIXED64;
    public static final int SUM = (5 << 3) | FIXED64;
    public static final int QUANTILE_VALUES = (6 << 3) | LENGTH_DELIMITED;
    public static final int ATTRIBUTES = (7 << 3) | LENGTH_DELIMITED;
    public static final int FLAGS = (8 << 3) | VARINT;

    private SummaryDataPoint() {}

    public static final class ValueAtQuantile {
      public static final int QUANTILE = (1 << 3) | FIXED64;
      public static final int VALUE = (2 << 3) | FIXED64;

      private ValueAtQuantile() {}
    }
  }

  public static final class Exemplar {
    public static final int TIME_UNIX_NANO = (2 << 3) | FIXED64;
    public static final int AS_DOUBLE = (3 << 3) | FIXED64;
    public static final int SPAN_ID = (4 << 3) | LENGTH_DELIMITED;
    public static final int TRACE_ID = (5 << 3) | LENGTH_DELIMITED;
    public static final int AS_INT = (6 << 3) | FIXED64;
    public static final int FILTERED_ATTRIBUTES = (7 << 3) | LENGTH_DELIMITED;

    private Exemplar() {}
  }

  private MetricsTags() {}
}
