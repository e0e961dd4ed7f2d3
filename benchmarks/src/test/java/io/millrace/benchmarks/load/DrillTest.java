package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short forms of the drills; {@code benchmarks/run} has those of a minute. */
class DrillTest {
  private static LoadCase shortForm(String name) throws IOException, ConfigException {
    return LoadCase.read(Path.of("load", name)).measuring(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"faults", "faults-http"})
  void deliversWhatItAcceptedWhateverTheBackendDoes(String name) throws Exception {
    assertThat(FaultDrill.run(shortForm(name), List.of()).broken()).isEmpty();
  }

  @Test
  void keepsTheOrderOfEverySeriesWhateverIsLost() throws Exception {
    assertThat(OrderDrill.run(shortForm("order"), List.of()).broken()).isEmpty();
  }

  @Test
  void keepsItsPromisesUnderTwiceTheLoad() throws Exception {
    LoadCase overload = shortForm("overload").warmingUp(Duration.ofSeconds(2));
    assertThat(OverloadDrill.run(overload, List.of()))
        .allSatisfy(report -> assertThat(report.broken()).isEmpty());
  }

  @Test
  void staysWithinTheMemoryThatTheLimiterAllows() throws Exception {
    assertThat(LimiterDrill.run(shortForm("memory-limiter"), List.of()).broken()).isEmpty();
  }
}
