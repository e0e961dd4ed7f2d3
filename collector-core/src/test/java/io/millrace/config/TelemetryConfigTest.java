package io.millrace.config;

import static io.millrace.config.Loading.REST;
import static io.millrace.config.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.TelemetryConfig.Prometheus;
import io.millrace.telemetry.MetricLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetryConfigTest {
  @Test
  void readsTheAddressOfOldConfigurations() throws Exception {
    assertThat(listeners("address=:9")).containsExactly(new Prometheus("0.0.0.0", 9));
    assertThat(listeners("address='[::1]:9'")).containsExactly(new Prometheus("[::1]", 9));
    assertThatThrownBy(() -> listeners("address=nine")).hasMessageContaining("host:port");
  }

  private static List<Prometheus> listeners(String setting) throws Exception {
    return load(REST, List.of("service.telemetry.metrics." + setting), Map.of())
        .service()
        .telemetry()
        .metrics()
        .listeners();
  }

  @Test
  void appliesWhatIsSaidOfTelemetry() throws Exception {
    TelemetryConfig telemetry =
        load(
                REST,
                List.of(
                    "service.telemetry.logs={encoding: json, output_paths: [stdout, a.log],"
                        + " initial_fields: {site: 7}, sampling: {tick: 1s, thereafter: 0},"
                        + " disable_caller: true, disable_stacktrace: true}",
                    "service.telemetry.resource={service.name: edge, service.version: null}",
                    "service.telemetry.metrics.level=detailed"),
                Map.of())
            .service()
            .telemetry();

    assertThat(telemetry.logs())
        .isEqualTo(
            new LogsConfig(
                LogsConfig.Level.INFO,
                LogsConfig.Encoding.JSON,
                List.of("stdout", "a.log"),
                new LogsConfig.Sampling(true, Duration.ofSeconds(1), 10, 0),
                Map.of("site", 7L),
                true,
                true));
    assertThat(telemetry.resource()).containsEntry("service.name", "edge");
    assertThat(telemetry.resource()).containsEntry("service.version", null);
    assertThat(telemetry.metrics().level()).isEqualTo(MetricLevel.DETAILED);
  }
}
