package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WriteRequestReaderTest {
  private final WriteRequestReader reader = new WriteRequestReader();

  @Test
  void readsTheValueOfEverySample() throws IOException {
    assertThat(reader.read(request(7, 1000, "__name__", "a"))).containsExactly(7);
    assertThat(reader.read(request(8, 1001, "__name__", "a"))).containsExactly(8);
  }

  @Test
  void refusesWhatPrometheusWouldRefuse() throws IOException {
    reader.read(request(7, 1000, "__name__", "a"));

    assertRefused(request(8, 1000, "__name__", "a"), "a sample out of order");
    assertRefused(request(8, 999, "__name__", "a"), "a sample out of order");
    assertRefused(request(8, 1000, "b", "__name__"), "labels out of order");
    assertRefused(request(8, 1000, "__name__", "__name__"), "labels out of order");
    assertRefused(request(8, 1000, "a", "b"), "a series without a name");
  }

  private void assertRefused(byte[] request, String problem) {
    assertThatThrownBy(() -> reader.read(request))
        .isInstanceOf(IOException.class)
        .hasMessage(problem);
  }

  private static byte[] request(double value, long millis, String... names) throws IOException {
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
