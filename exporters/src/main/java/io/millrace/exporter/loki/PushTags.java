package io.millrace.exporter.loki;

/**
 * Field tags of Loki's push messages, all of them length-delimited but for the timestamp's.
 *
 * <pre>
 *   PushRequest  1 streams *Stream
 *   Stream       1 labels string · 2 entries *Entry
 *   Entry        1 timestamp Timestamp · 2 line string · 3 structured_metadata *LabelPair
 *   LabelPair    1 name string · 2 value string
 *   Timestamp    1 seconds int64 · 2 nanos int32
 * </pre>
 *
 * <p>Source: Loki, {@code pkg/push/push.proto}.
 */
final class PushTags {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  /** {@code PushRequest}. */
  static final int STREAMS = (1 << 3) | LENGTH_DELIMITED;

  /** {@code Stream}. */
  static final int LABELS = (1 << 3) | LENGTH_DELIMITED;

  static final int ENTRIES = (2 << 3) | LENGTH_DELIMITED;

  /** {@code Entry}. */
  static final int TIMESTAMP = (1 << 3) | LENGTH_DELIMITED;

  static final int LINE = (2 << 3) | LENGTH_DELIMITED;
  static final int STRUCTURED_METADATA = (3 << 3) | LENGTH_DELIMITED;

  /** {@code LabelPair}. */
  static final int NAME = (1 << 3) | LENGTH_DELIMITED;

  static final int VALUE = (2 << 3) | LENGTH_DELIMITED;

  /** {@code google.protobuf.Timestamp}. */
  static final int SECONDS = (1 << 3) | VARINT;

  static final int NANOS = (2 << 3) | VARINT;

  private PushTags() {}

  static int varintSize(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }
}
