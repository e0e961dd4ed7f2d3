package io.millrace.exporter.loki;

import io.millrace.wire.ByteAppender;

/**
 * The entry at hand: whose stream it is in and what it says, all lent until it is appended.
 * Reusable. Confined to one thread.
 */
final class Entry {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private ByteAppender labels = new ByteAppender(0);
  private long labelsHash;
  private StructuredMetadata[] metadata = {};
  private long seconds;
  private long nanos;
  private byte[] line = {};
  private int lineOffset;
  private int lineLength;

  /** Starts an entry in the stream with those labels, as text. */
  void start(ByteAppender newLabels, long newLabelsHash, StructuredMetadata[] newMetadata) {
    labels = newLabels;
    labelsHash = newLabelsHash;
    metadata = newMetadata;
  }

  void time(long unixNano) {
    seconds = Math.floorDiv(unixNano, NANOS_PER_SECOND);
    nanos = Math.floorMod(unixNano, NANOS_PER_SECOND);
  }

  void line(byte[] bytes, int offset, int length) {
    line = bytes;
    lineOffset = offset;
    lineLength = length;
  }

  ByteAppender labels() {
    return labels;
  }

  long labelsHash() {
    return labelsHash;
  }

  /** Length of the message in bytes, without tag and length. */
  int length() {
    int length = 2 + timeLength();
    if (lineLength > 0) {
      length += 1 + PushTags.varintSize(lineLength) + lineLength;
    }
    for (StructuredMetadata part : metadata) {
      length += part.length();
    }
    return length;
  }

  private int timeLength() {
    return size(seconds) + size(nanos);
  }

  private static int size(long number) {
    return number == 0 ? 0 : 1 + PushTags.varintSize(number);
  }

  /** Appends it as a field of its stream. */
  void appendTo(ByteAppender out) {
    out.put(PushTags.ENTRIES);
    out.putVarint(length());
    out.put(PushTags.TIMESTAMP);
    out.put(timeLength());
    putNumber(PushTags.SECONDS, seconds, out);
    putNumber(PushTags.NANOS, nanos, out);
    if (lineLength > 0) {
      out.put(PushTags.LINE);
      out.putVarint(lineLength);
      out.put(line, lineOffset, lineLength);
    }
    for (StructuredMetadata part : metadata) {
      out.put(part.bytes(), 0, part.length());
    }
  }

  private static void putNumber(int tag, long value, ByteAppender out) {
    if (value != 0) {
      out.put(tag);
      out.putVarint(value);
    }
  }
}
