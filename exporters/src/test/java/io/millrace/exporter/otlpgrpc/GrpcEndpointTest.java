package io.millrace.exporter.otlpgrpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "tempo:4317, dns:///tempo:4317",
    "10.0.0.1:4317, dns:///10.0.0.1:4317",
    "[::1]:4317, dns:///[::1]:4317",
    "http://tempo:4317, dns:///tempo:4317",
    "HTTPS://tempo.example:443/, dns:///tempo.example:443",
    "dns:///tempo:4317, dns:///tempo:4317",
    "passthrough:///tempo:4317, dns:///tempo:4317"
  })
  void readsEverySpellingOfTheCollector(String endpoint, String target) {
    assertThat(requireNonNull(GrpcEndpoint.parse(endpoint)).target()).isEqualTo(target);
  }

  @Test
  void theSchemeDecidesAboutTls() {
    assertThat(requireNonNull(GrpcEndpoint.parse("http://a:1")).tls()).isFalse();
    assertThat(requireNonNull(GrpcEndpoint.parse("https://a:1")).tls()).isTrue();
    assertThat(requireNonNull(GrpcEndpoint.parse("a:1")).tls()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "tempo",
        "tempo:",
        ":4317",
        "tempo:x",
        "tempo:65536",
        "tempo:4317/v1",
        "::1:4317",
        "unix:///tmp/s",
        "user@tempo:4317",
        "a b:1",
        "ftp://tempo:21"
      })
  void refusesWhatIsNoHostAndPort(String endpoint) {
    assertThat(GrpcEndpoint.parse(endpoint)).isNull();
  }
}
