package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static io.millrace.exporter.sending.SendingFixture.retryable;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentError;
import io.millrace.component.ComponentError.Kind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an exporter says of itself to health checks. */
class SendingErrorTest {
  private final SendingFixture fixture = new SendingFixture(NO_JITTER, queue(2, 100));

  @Test
  void isInErrorFromWhenItsBackendIsTakenToBeDownUntilItIsBack() {
    fixture.backend.script(batch -> retryable());
    fixture.consume(1);
    assertThat(fixture.exporter.error()).as("after one failure").isNull();

    fixture.consume(50);
    assertThat(error().kind()).isEqualTo(Kind.RECOVERABLE);

    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.time.advance(Duration.ofMinutes(5));
    assertThat(fixture.exporter.error()).isNull();
  }

  @Test
  void refusedCredentialsDoNotPassByThemselves() {
    fixture.backend.script(batch -> new SendResult.Held("401 Unauthorized"));
    fixture.consume(1);

    assertThat(error().kind()).isEqualTo(Kind.PERMANENT);
    assertThat(error().message()).isEqualTo("401 Unauthorized");
  }

  private ComponentError error() {
    return Objects.requireNonNull(fixture.exporter.error());
  }
}
