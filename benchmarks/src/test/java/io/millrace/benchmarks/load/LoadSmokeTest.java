package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.load.Ledger.Totals;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.traffic.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One short round of every contestant at a trickle, so that the cases do not rot. */
class LoadSmokeTest {
  @ParameterizedTest
  @EnumSource
  void everySpanArrivesOnce(Contestant contestant) throws IOException, InterruptedException {
    LoadCase load =
        LoadCase.of(
            Path.of("load", "passthrough"),
            new CaseConfig(
                Protocol.GRPC,
                Payload.SEMCONV,
                Backend.OTLP,
                20,
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                List.of(contestant)));

    assertEverythingArrivesOnce(new Round(load, contestant, List.of()).run().totals());
  }

  @ParameterizedTest
  @ValueSource(strings = {"remote-write", "loki"})
  void everyItemArrivesOnceInTheBackendsOwnProtocol(String name) throws Exception {
    CaseConfig shipped = LoadCase.read(Path.of("load", name)).config();
    LoadCase load =
        LoadCase.of(
            Path.of("load", name),
            new CaseConfig(
                shipped.protocol(),
                shipped.payload(),
                shipped.backend(),
                20,
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                List.of(Contestant.MILLRACE)));

    assertEverythingArrivesOnce(new Round(load, Contestant.MILLRACE, List.of()).run().totals());
  }

  private static void assertEverythingArrivesOnce(Totals totals) {
    assertThat(totals.acceptedRequests()).isEqualTo(40);
    assertThat(totals.lost()).isZero();
    assertThat(totals.duplicates()).isZero();
    assertThat(totals.strangers()).isZero();
    assertThat(totals.latencyP50Nanos()).isPositive();
  }
}
