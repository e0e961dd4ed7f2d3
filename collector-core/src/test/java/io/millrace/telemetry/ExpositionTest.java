package io.millrace.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.telemetry.Exposition.CounterNames;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private final MetricRegistry metrics = new MetricRegistry();

  @Test
  void openMetricsDoesNotRenameWhatDashboardsAskFor() {
    metrics.counter("otelcol_exporter_sent_spans", "Sent.", "exporter", "otlp").add(2);

    assertThat(Exposition.OPEN_METRICS.write(metrics, CounterNames.PLAIN))
        .isEqualTo(
            """
            # HELP otelcol_exporter_sent_spans Sent.
            # TYPE otelcol_exporter_sent_spans unknown
            otelcol_exporter_sent_spans{exporter="otlp"} 2
            # EOF
            """);
  }

  @Test
  void totalIsAppendedOnceWhereItIsAskedFor() {
    metrics.counter("a", "A.").add(1);
    metrics.counter("b_total", "B.").add(2);
    metrics.gauge("c", "C.", () -> 3);

    assertThat(Exposition.TEXT.write(metrics, CounterNames.WITH_TOTAL))
        .contains("# TYPE a_total counter\na_total 1\n")
        .contains("# TYPE b_total counter\nb_total 2\n")
        .contains("# TYPE c gauge\nc 3\n");
    assertThat(Exposition.OPEN_METRICS.write(metrics, CounterNames.WITH_TOTAL))
        .contains("# TYPE a counter\na_total 1\n");
  }

  @Test
  void whoeverNamesOpenMetricsGetsIt() {
    assertThat(Exposition.of("application/openmetrics-text;version=1.0.0,*/*;q=0.1"))
        .isEqualTo(Exposition.OPEN_METRICS);
    assertThat(Exposition.of("text/plain;version=0.0.4")).isEqualTo(Exposition.TEXT);
    assertThat(Exposition.of(null)).isEqualTo(Exposition.TEXT);
  }
}
