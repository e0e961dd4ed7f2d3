package io.millrace.benchmarks.load;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Requests of remote write 1.0, not compressed. Stateless. */
final class WriteRequestSamples {
  private WriteRequestSamples() {}

  /** Returns one with a sample of a series whose labels have these names and no values. */
  static byte[] request(double value, long millis, String... names) throws IOException {
    byte[] sample =
        message(out -> {
          out.writeDouble(1, value);
          out.writeInt64(2, millis);
        });
    byte[] series =
        message(out -> {
          for (String name : names) {
            out.writeByteArray(1, message(label -> label.writeString(1, name)));
          }
          out.writeByteArray(2, sample);
        });
    return message(out -> out.writeByteArray(1, series));
  }

  private static byte[] message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** Writes fields of a message. */
  @FunctionalInterface
  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
