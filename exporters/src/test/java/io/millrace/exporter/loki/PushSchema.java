package io.millrace.exporter.loki;

import com.google.protobuf.DynamicMessage;
import io.millrace.exporter.sending.TableSchema;

/** Loki's push messages for protobuf-java, from their field table. */
final class PushSchema {
  private static final TableSchema PUSH_REQUEST =
      new TableSchema(
          """
          PushRequest  streams 1 *Stream
          Stream       labels 1 string, entries 2 *Entry, hash 3 uint64
          Entry        timestamp 1 Timestamp, line 2 string, structured_metadata 3 *LabelPair
          LabelPair    name 1 string, value 2 string
          Timestamp    seconds 1 int64, nanos 2 int32
          """,
          "PushRequest");

  private PushSchema() {}

  /** Parses a request; fails when it has fields that the schema has not. */
  static DynamicMessage parse(byte[] bytes) {
    return PUSH_REQUEST.parse(bytes);
  }
}
