package io.millrace.exporter.prometheusremotewrite;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Locale;
import java.util.regex.Pattern;

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

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern BLANK = Pattern.compile(" ");
  private static final Descriptor WRITE_REQUEST = build(TABLE, "WriteRequest");
  private static final Descriptor REQUEST_V2 = build(TABLE_V2, "Request");

  private RemoteWriteSchema() {}

  /** Parses a request; fails when it has fields that the schema has not. */
  static DynamicMessage parse(byte[] bytes) {
    return parse(WRITE_REQUEST, bytes);
  }

  /** Parses a request of 2.0. */
  static DynamicMessage parseV2(byte[] bytes) {
    return parse(REQUEST_V2, bytes);
  }

  private static DynamicMessage parse(Descriptor type, byte[] bytes) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(type, bytes);
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new AssertionError("unknown fields: " + message.getUnknownFields());
      }
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no WriteRequest", e);
    }
  }

  private static Descriptor build(String table, String request) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("write.proto").setSyntax("proto3");
    table.lines().forEach(line -> file.addMessageType(message(line)));
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
          .findMessageTypeByName(request);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static DescriptorProto message(String line) {
    int end = line.indexOf(' ');
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(line.substring(0, end));
    COMMA.splitAsStream(line.substring(end)).forEach(text -> message.addField(field(text.strip())));
    return message.build();
  }

  private static FieldDescriptorProto field(String text) {
    String[] words = BLANK.splitAsStream(text).toArray(String[]::new);
    boolean isRepeated = words[2].startsWith("*");
    String type = isRepeated ? words[2].substring(1) : words[2];
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(words[0])
            .setNumber(Integer.parseInt(words[1]))
            .setLabel(
                isRepeated
                    ? FieldDescriptorProto.Label.LABEL_REPEATED
                    : FieldDescriptorProto.Label.LABEL_OPTIONAL);
    if (Character.isUpperCase(type.charAt(0))) {
      return field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type).build();
    }
    return field
        .setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
        .build();
  }
}
