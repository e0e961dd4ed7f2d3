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
                20,
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                List.of(contestant)));

    Totals totals = new Round(load, contestant, List.of()).run().totals();

    assertThat(totals.acceptedRequests()).isEqualTo(40);
    assertThat(totals.lost()).isZero();
    assertThat(totals.duplicates()).isZero();
    assertThat(totals.latencyP50Nanos()).isPositive();
  }
}
