package io.millrace.exporter.loki;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LokiPushBenchmarkTest {
  @Test
  void theTwinsMakeTheSameRequest() {
    LokiPushBenchmark question = new LokiPushBenchmark();

    assertThatCode(question::assertSameAnswer).doesNotThrowAnyException();
  }
}
