package io.millrace.exporter.prometheus;

import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/** The tags of {@code io.prometheus.client.MetricFamily} and what is in it. */
final class ClientTags {
  private ClientTags() {}

  /** {@code MetricFamily}. */
  static final class MetricFamily {
    static final int NAME = (1 << 3) | LENGTH_DELIMITED;
    static final int HELP = (2 << 3) | LENGTH_DELIMITED;
    static final int TYPE = (3 << 3) | VARINT;
    static final int METRIC = (4 << 3) | LENGTH_DELIMITED;
    static final int UNIT = (5 << 3) | LENGTH_DELIMITED;

    private MetricFamily() {}
  }

  /** {@code Metric}; its labels come encoded. */
  static final class Metric {
    static final int GAUGE = (2 << 3) | LENGTH_DELIMITED;
    static final int COUNTER = (3 << 3) | LENGTH_DELIMITED;
    static final int SUMMARY = (4 << 3) | LENGTH_DELIMITED;
    static final int UNTYPED = (5 << 3) | LENGTH_DELIMITED;
    static final int TIMESTAMP_MS = (6 << 3) | VARINT;
    static final int HISTOGRAM = (7 << 3) | LENGTH_DELIMITED;

    private Metric() {}
  }

  /** {@code Gauge}, {@code Untyped} and {@code Counter}, whose values are numbered alike. */
  static final class Value {
    static final int VALUE = (1 << 3) | FIXED64;
    static final int EXEMPLAR = (2 << 3) | LENGTH_DELIMITED;
    static final int CREATED_TIMESTAMP = (3 << 3) | LENGTH_DELIMITED;

    private Value() {}
  }

  /** {@code Summary}. */
  static final class Summary {
    static final int SAMPLE_COUNT = (1 << 3) | VARINT;
    static final int SAMPLE_SUM = (2 << 3) | FIXED64;
    static final int QUANTILE = (3 << 3) | LENGTH_DELIMITED;
    static final int CREATED_TIMESTAMP = (4 << 3) | LENGTH_DELIMITED;
    static final int OF_QUANTILE = (1 << 3) | FIXED64;
    static final int VALUE_OF_QUANTILE = (2 << 3) | FIXED64;

    private Summary() {}
  }

  /** {@code Histogram}, classic and native, of whole numbers. */
  static final class Histogram {
    static final int SAMPLE_COUNT = (1 << 3) | VARINT;
    static final int SAMPLE_SUM = (2 << 3) | FIXED64;
    static final int BUCKET = (3 << 3) | LENGTH_DELIMITED;
    static final int SCHEMA = (5 << 3) | VARINT;
    static final int ZERO_THRESHOLD = (6 << 3) | FIXED64;
    static final int ZERO_COUNT = (7 << 3) | VARINT;
    static final int NEGATIVE_SPAN = (9 << 3) | LENGTH_DELIMITED;
    static final int NEGATIVE_DELTA = (10 << 3) | VARINT;
    static final int POSITIVE_SPAN = (12 << 3) | LENGTH_DELIMITED;
    static final int POSITIVE_DELTA = (13 << 3) | VARINT;
    static final int CREATED_TIMESTAMP = (15 << 3) | LENGTH_DELIMITED;
    static final int EXEMPLARS = (16 << 3) | LENGTH_DELIMITED;

    private Histogram() {}
  }

  /** {@code Bucket}. */
  static final class Bucket {
    static final int CUMULATIVE_COUNT = (1 << 3) | VARINT;
    static final int UPPER_BOUND = (2 << 3) | FIXED64;
    static final int EXEMPLAR = (3 << 3) | LENGTH_DELIMITED;

    private Bucket() {}
  }

  /** {@code BucketSpan}. */
  static final class BucketSpan {
    static final int OFFSET = (1 << 3) | VARINT;
    static final int LENGTH = (2 << 3) | VARINT;

    private BucketSpan() {}
  }

  /** {@code Exemplar}; its labels come encoded. */
  static final class Exemplar {
    static final int VALUE = (2 << 3) | FIXED64;
    static final int TIMESTAMP = (3 << 3) | LENGTH_DELIMITED;

    private Exemplar() {}
  }

  /** {@code google.protobuf.Timestamp}. */
  static final class Timestamp {
    static final int SECONDS = (1 << 3) | VARINT;
    static final int NANOS = (2 << 3) | VARINT;

    private Timestamp() {}
  }
}
