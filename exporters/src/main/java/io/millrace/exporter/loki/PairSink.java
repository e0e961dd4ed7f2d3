package io.millrace.exporter.loki;

import io.millrace.wire.ByteAppender;

/** Takes what attributes become. */
interface PairSink {
  /** Takes a name and its value, both lent for the call. */
  void pair(ByteAppender name, byte[] value, int offset, int length);
}
