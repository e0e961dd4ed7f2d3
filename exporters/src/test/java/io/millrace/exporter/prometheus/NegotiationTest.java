package io.millrace.exporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.prometheus.Negotiation.Format;
import org.junit.jupiter.api.Test;

class NegotiationTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private static Format format(String accept, boolean openMetrics) {
    return Negotiation.of(accept, openMetrics).format();
  }

  @Test
  void takesWhatTheScraperLikesBestOfWhatThereIs() {
    String prometheus =
        PROTOBUF
            + ";q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3,*/*;q=0.1";
    assertThat(format(prometheus, true)).isEqualTo(Format.PROTOBUF);
    assertThat(format(prometheus.substring(PROTOBUF.length() + 7), true))
        .isEqualTo(Format.OPEN_METRICS);
    assertThat(format(prometheus.substring(PROTOBUF.length() + 7), false)).isEqualTo(Format.TEXT);
  }

  @Test
  void answersInTextWhereNothingFits() {
    assertThat(format("", true)).isEqualTo(Format.TEXT);
    assertThat(format("application/json", true)).isEqualTo(Format.TEXT);
    assertThat(format("application/vnd.google.protobuf;encoding=text", true))
        .isEqualTo(Format.TEXT);
    assertThat(format("application/openmetrics-text;q=what", true)).isEqualTo(Format.TEXT);
  }

  @Test
  void allowsUtf8OnlyWhereTheChosenRangeSaysSo() {
    String accept = "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;q=0.3";
    assertThat(Negotiation.of(accept, false).allowsUtf8()).isTrue();
    assertThat(Negotiation.of("text/plain", false).allowsUtf8()).isFalse();
  }
}
