package io.millrace.exporter.prometheusremotewrite;

import com.google.protobuf.DynamicMessage;
import io.millrace.exporter.sending.TableSchema;

/** The messages of remote write 1.0 and 2.0 for protobuf-java, from their field tables. */
final class RemoteWriteSchema {
  private static final String TABLE =
      """
      WriteRequest     timeseries 1 *TimeSeries, metadata 3 *MetricMetadata
      TimeSeries       labels 1 *Label, samples 2 *Sample, exemplars 3 *Exemplar, histograms 4 *Histogram
      Label            name 1 string, value 2 string
      Sample           value 1 double, timestamp 2 int64
      Exemplar         labels 1 *Label, value 2 double, timestamp 3 int64
      MetricMetadata   type 1 int32, metric_family_name 2 string, help 4 string, unit 5 string
      Histogram        count_int 1 uint64, count_float 2 double, sum 3 double, schema 4 sint32, zero_threshold 5 double, zero_count_int 6 uint64, zero_count_float 7 double, negative_spans 8 *BucketSpan, negative_deltas 9 *sint64, negative_counts 10 *double, positive_spans 11 *BucketSpan, positive_deltas 12 *sint64, positive_counts 13 *double, reset_hint 14 int32, timestamp 15 int64
      BucketSpan       offset 1 sint32, length 2 uint32
      """;

  private static final String TABLE_V2 =
      """
      Request      symbols 4 *string, timeseries 5 *TimeSeries
      TimeSeries   labels_refs 1 *uint32, samples 2 *Sample, histograms 3 *Histogram, exemplars 4 *Exemplar, metadata 5 Metadata
      Sample       value 1 double, timestamp 2 int64, start_timestamp 3 int64
      Exemplar     labels_refs 1 *uint32, value 2 double, timestamp 3 int64
      Metadata     type 1 int32, help_ref 3 uint32, unit_ref 4 uint32
      Histogram    count_int 1 uint64, count_float 2 double, sum 3 double, schema 4 sint32, zero_threshold 5 double, zero_count_int 6 uint64, zero_count_float 7 double, negative_spans 8 *BucketSpan, negative_deltas 9 *sint64, negative_counts 10 *double, positive_spans 11 *BucketSpan, positive_deltas 12 *sint64, positive_counts 13 *double, reset_hint 14 int32, timestamp 15 int64, custom_values 16 *double, start_timestamp 17 int64
      BucketSpan   offset 1 sint32, length 2 uint32
      """;

  private static final TableSchema WRITE_REQUEST = new TableSchema(TABLE, "WriteRequest");
  private static final TableSchema REQUEST_V2 = new TableSchema(TABLE_V2, "Request");

  private RemoteWriteSchema() {}

  /** Parses a request; fails when it has fields that the schema has not. */
  static DynamicMessage parse(byte[] bytes) {
    return WRITE_REQUEST.parse(bytes);
  }

  /** Parses a request of 2.0. */
  static DynamicMessage parseV2(byte[] bytes) {
    return REQUEST_V2.parse(bytes);
  }
}
