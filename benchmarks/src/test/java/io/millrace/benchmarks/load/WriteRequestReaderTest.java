package io.millrace.benchmarks.load;

import static io.millrace.benchmarks.load.WriteRequestSamples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
