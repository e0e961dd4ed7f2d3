package io.millrace.exporter.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RemoteWriteBenchmarkTest {
  @Test
  void theTwinsMakeTheSameRequest() {
    RemoteWriteBenchmark question = new RemoteWriteBenchmark();

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }
}
