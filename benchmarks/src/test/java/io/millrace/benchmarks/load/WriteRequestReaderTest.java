package io.millrace.benchmarks.load;

import static io.millrace.benchmarks.load.WriteRequestSamples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
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
    byte[] first = request(7, 1000, "__name__", "a");

    assertRefused(joined(first, request(8, 1000, "__name__", "a")), "a sample out of order");
    assertRefused(joined(first, request(8, 999, "__name__", "a")), "a sample out of order");
    assertRefused(request(8, 1000, "b", "__name__"), "labels out of order");
    assertRefused(request(8, 1000, "__name__", "__name__"), "labels out of order");
    assertRefused(request(8, 1000, "a", "b"), "a series without a name");
  }

  /** Requests one behind the other are one. */
  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private void assertRefused(byte[] request, String problem) {
    assertThatThrownBy(() -> reader.read(request))
        .isInstanceOf(IOException.class)
        .hasMessage(problem);
  }
}
