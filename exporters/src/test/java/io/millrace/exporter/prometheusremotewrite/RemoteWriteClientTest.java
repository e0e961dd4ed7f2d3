package io.millrace.exporter.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteClientTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "out of order sample",
        "duplicate sample for timestamp",
        "user=1: err-mimir-sample-out-of-order",
        "err-mimir-sample-duplicate-timestamp"
      })
  void knowsTheWordsForRepetition(String answer) {
    assertThat(RemoteWriteClient.tellsOfRepetition(answer)).isTrue();
    assertThat(RemoteWriteClient.tellsOfRepetition("label name invalid")).isFalse();
  }
}
