package io.millrace.benchmarks.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.millrace.benchmarks.payload.Payload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.xerial.snappy.Snappy;

/**
 * Reads the times of the entries of a push, which tell the numbers of their records, and refuses
 * what Loki would: streams without labels, entries without a time.
 *
 * <p>It stands on protobuf-java's cursor and not on Millrace's, so that a mistake there cannot hide
 * itself here. Confined to one call.
 */
final class PushRequestReader {
  private static final int STREAMS = message(1);
  private static final int LABELS = message(1);
  private static final int ENTRIES = message(2);
  private static final int TIMESTAMP = message(1);
  private static final int SECONDS = varint(1);
  private static final int NANOS = varint(2);

  private final CodedInputStream in;
  private final NumberList numbers = new NumberList();

  private PushRequestReader(byte[] message) {
    this.in = CodedInputStream.newInstance(message);
  }

  private static int message(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static int varint(int field) {
    return (field << 3) | WireFormat.WIRETYPE_VARINT;
  }

  /** Does what {@link ItemReader#read} does, of a compressed request. */
  static long[] read(byte[] request) throws IOException {
    PushRequestReader reader = new PushRequestReader(Snappy.uncompress(request));
    reader.readRequest();
    return reader.numbers.toArray();
  }

  private void readRequest() throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != STREAMS) {
        in.skipField(tag);
        continue;
      }
      int outer = in.pushLimit(in.readUInt32());
      readStream();
      in.popLimit(outer);
    }
  }

  private void readStream() throws IOException {
    String labels = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == LABELS) {
        labels = in.readString();
      } else if (tag == ENTRIES) {
        require(labels.startsWith("{") && labels.length() > 2, "a stream without labels");
        int outer = in.pushLimit(in.readUInt32());
        readEntry();
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void readEntry() throws IOException {
    long nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == TIMESTAMP) {
        int outer = in.pushLimit(in.readUInt32());
        nanos = readTimestamp();
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
    require(nanos != 0, "an entry without a time");
    numbers.add(nanos - Payload.RECORDS_START_UNIX_NANO);
  }

  private long readTimestamp() throws IOException {
    long nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SECONDS) {
        nanos += TimeUnit.SECONDS.toNanos(in.readInt64());
      } else if (tag == NANOS) {
        nanos += in.readInt32();
      } else {
        in.skipField(tag);
      }
    }
    return nanos;
  }

  private static void require(boolean isSo, String problem) throws IOException {
    if (!isSo) {
      throw new IOException(problem);
    }
  }
}
