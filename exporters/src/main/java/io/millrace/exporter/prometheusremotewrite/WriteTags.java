package io.millrace.exporter.prometheusremotewrite;

import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/** The tags of {@code prometheus.WriteRequest}, remote write 1.0. */
final class WriteTags {
  static final int TIMESERIES = (1 << 3) | LENGTH_DELIMITED;
  static final int METADATA = (3 << 3) | LENGTH_DELIMITED;

  private WriteTags() {}

  /** {@code TimeSeries}; its labels come encoded. */
  static final class TimeSeries {
    static final int SAMPLES = (2 << 3) | LENGTH_DELIMITED;
    static final int EXEMPLARS = (3 << 3) | LENGTH_DELIMITED;
    static final int HISTOGRAMS = (4 << 3) | LENGTH_DELIMITED;

    private TimeSeries() {}
  }

  /** {@code Sample}. */
  static final class Sample {
    static final int VALUE = (1 << 3) | FIXED64;
    static final int TIMESTAMP = (2 << 3) | VARINT;

    private Sample() {}
  }

  /** {@code Exemplar}; its labels come encoded. */
  static final class Exemplar {
    static final int VALUE = (2 << 3) | FIXED64;
    static final int TIMESTAMP = (3 << 3) | VARINT;

    private Exemplar() {}
  }

  /** {@code Histogram} of whole numbers. */
  static final class Histogram {
    static final int COUNT_INT = (1 << 3) | VARINT;
    static final int SUM = (3 << 3) | FIXED64;
    static final int SCHEMA = (4 << 3) | VARINT;
    static final int ZERO_THRESHOLD = (5 << 3) | FIXED64;
    static final int ZERO_COUNT_INT = (6 << 3) | VARINT;
    static final int NEGATIVE_SPANS = (8 << 3) | LENGTH_DELIMITED;
    static final int NEGATIVE_DELTAS = (9 << 3) | LENGTH_DELIMITED;
    static final int POSITIVE_SPANS = (11 << 3) | LENGTH_DELIMITED;
    static final int POSITIVE_DELTAS = (12 << 3) | LENGTH_DELIMITED;
    static final int TIMESTAMP = (15 << 3) | VARINT;
    static final int CUSTOM_VALUES = (16 << 3) | LENGTH_DELIMITED;

    private Histogram() {}
  }

  /** {@code BucketSpan}. */
  static final class BucketSpan {
    static final int OFFSET = (1 << 3) | VARINT;
    static final int LENGTH = (2 << 3) | VARINT;

    private BucketSpan() {}
  }

  /** {@code io.prometheus.write.v2.Request} and what is in it, remote write 2.0. */
  static final class V2 {
    static final int SYMBOLS = (4 << 3) | LENGTH_DELIMITED;
    static final int TIMESERIES = (5 << 3) | LENGTH_DELIMITED;
    static final int LABELS_REFS = (1 << 3) | LENGTH_DELIMITED;
    static final int SAMPLES = (2 << 3) | LENGTH_DELIMITED;
    static final int HISTOGRAMS = (3 << 3) | LENGTH_DELIMITED;
    static final int EXEMPLARS = (4 << 3) | LENGTH_DELIMITED;
    static final int METADATA = (5 << 3) | LENGTH_DELIMITED;
    static final int VALUE = (1 << 3) | FIXED64;
    static final int TIMESTAMP = (2 << 3) | VARINT;
    static final int START_TIMESTAMP = (3 << 3) | VARINT;
    static final int HISTOGRAM_START_TIMESTAMP = (17 << 3) | VARINT;
    static final int EXEMPLAR_VALUE = (2 << 3) | FIXED64;
    static final int EXEMPLAR_TIMESTAMP = (3 << 3) | VARINT;
    static final int TYPE = (1 << 3) | VARINT;
    static final int HELP_REF = (3 << 3) | VARINT;
    static final int UNIT_REF = (4 << 3) | VARINT;

    private V2() {}
  }

  /** {@code MetricMetadata}. */
  static final class Metadata {
    static final int TYPE = (1 << 3) | VARINT;
    static final int METRIC_FAMILY_NAME = (2 << 3) | LENGTH_DELIMITED;
    static final int HELP = (4 << 3) | LENGTH_DELIMITED;
    static final int UNIT = (5 << 3) | LENGTH_DELIMITED;

    private Metadata() {}
  }
}
