package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KEYS =
      List.of("endpoint", "compression", "tls", "queue_size", "num_consumers");

  @ParameterizedTest
  @CsvSource({
    "endpont, endpoint",
    "edpoint, endpoint",
    "endpiont, endpoint",
    "Endpoint, endpoint",
    "compresion, compression",
    "tsl, tls",
    "queueSize, queue_size",
    "queue-size, queue_size",
    "num_consumer, num_consumers",
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.of(written, KEYS)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"timeout", "x", "point", "tab", "consumers"})
  void staysSilentWhenNothingIsNear(String written) {
    assertThat(NearestName.of(written, KEYS)).isNull();
  }

  @Test
  void keepsTheNameBehindAType() {
    assertThat(NearestName.ofId("trcaes/backup", List.of("logs", "traces")))
        .isEqualTo("traces/backup");
    assertThat(NearestName.ofId("backup/traces", List.of("logs", "traces"))).isNull();
  }

  @Test
  void prefersTheNearer() {
    assertThat(NearestName.of("logz", List.of("logic", "logs"))).isEqualTo("logs");
  }
}
