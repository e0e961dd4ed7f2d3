package io.millrace.benchmarks.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads the span ids of a request and skips everything else. It stands on protobuf-java's cursor
 * and not on Millrace's, so that a mistake there cannot hide itself here. Confined to one call.
 */
final class SpanIdReader {
  /** Resource spans in the request, scope spans in those, and spans in those. */
  private static final int[] PATH = {1, 2, 2};

  private static final int SPAN_ID = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final CodedInputStream in;
  private final NumberList ids = new NumberList();

  private SpanIdReader(byte[] bytes, int offset, int length) {
    this.in = CodedInputStream.newInstance(bytes, offset, length);
  }

  /**
   * Returns the ids in order, as numbers.
   *
   * @throws IOException when the bytes are no request
   */
  static long[] read(byte[] bytes, int offset, int length) throws IOException {
    SpanIdReader reader = new SpanIdReader(bytes, offset, length);
    reader.readLevel(0);
    return reader.ids.toArray();
  }

  private void readLevel(int level) throws IOException {
    if (level == PATH.length) {
      readSpan();
      return;
    }
    int child = (PATH[level] << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != child) {
        in.skipField(tag);
        continue;
      }
      int outer = in.pushLimit(in.readUInt32());
      readLevel(level + 1);
      in.popLimit(outer);
    }
  }

  private void readSpan() throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SPAN_ID && in.readRawVarint32() == Long.BYTES) {
        ids.add(Long.reverseBytes(in.readRawLittleEndian64()));
        in.skipRawBytes(in.getBytesUntilLimit());
        return;
      }
      in.skipField(tag);
    }
    throw new IOException("a span without an id of 8 bytes");
  }
}
