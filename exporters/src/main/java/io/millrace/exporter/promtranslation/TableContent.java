package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;

/** Bytes to be found in a {@link BytesTable}, whole or in several places. Lent for the call. */
public interface TableContent {
  /** A hash of all of them. */
  long hash();

  boolean contentEquals(byte[] other, int offset, int length);

  void appendTo(ByteAppender out);
}
