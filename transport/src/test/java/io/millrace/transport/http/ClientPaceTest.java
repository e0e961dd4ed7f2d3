package io.millrace.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transport.BodyPaceLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClientPaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final HttpTimeouts TIMEOUTS =
      new HttpTimeouts(
          Duration.ofSeconds(10),
          new BodyPaceLimits(Duration.ofSeconds(60), 1024),
          Duration.ofSeconds(30),
          Duration.ofSeconds(300));

  private final ClientPace pace = new ClientPace(TIMEOUTS, 0);

  @Test
  void givesTheFirstRequestTheTimeOfAHead() {
    assertThat(pace.isOverdue(10 * SECOND)).isFalse();
    assertThat(pace.isOverdue(11 * SECOND)).isTrue();
  }

  @Test
  void countsAHeadFromItsFirstPart() {
    pace.idle(0);
    assertThat(pace.isOverdue(300 * SECOND)).isFalse();
    assertThat(pace.isOverdue(301 * SECOND)).isTrue();
    pace.head(200 * SECOND);
    pace.head(209 * SECOND);
    assertThat(pace.isOverdue(210 * SECOND)).isFalse();
    assertThat(pace.isOverdue(211 * SECOND)).isTrue();
  }

  @Test
  void measuresABodyByItsBytes() {
    pace.body(0);
    pace.read(10 * 1024);
    assertThat(pace.isOverdue(10 * SECOND)).isFalse();
    pace.read(100);
    assertThat(pace.isOverdue(20 * SECOND)).isTrue();
  }

  @Test
  void isPatientWithTheHandler() {
    pace.body(0);
    pace.ours(SECOND);
    assertThat(pace.isOverdue(1_000_000 * SECOND)).isFalse();
  }

  @Test
  void takesZeroForNoLimit() {
    HttpTimeouts none = HttpTimeouts.of(Duration.ZERO);
    ClientPace patient = new ClientPace(none, 0);
    assertThat(patient.isOverdue(1_000_000 * SECOND)).isFalse();
    patient.body(0);
    assertThat(patient.isOverdue(1_000_000 * SECOND)).isFalse();
    assertThat(none.checkInterval()).isEqualTo(Duration.ofMillis(2500));
  }
}
