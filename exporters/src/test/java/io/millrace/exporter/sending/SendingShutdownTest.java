package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.ITEMS;
import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static io.millrace.exporter.sending.SendingFixture.retryable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.pdata.Settlement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a {@link SendingExporter}. */
class SendingShutdownTest {
  private static final Settlement LOST = Settlement.refused("shutdown", 0);

  private final SendingFixture fixture = new SendingFixture(NO_JITTER, queue(2, 100));

  @Test
  void startsAndShutsDownItsSender() throws Exception {
    fixture.exporter.start();
    assertThat(fixture.backend.started).isTrue();
    fixture.exporter.shutdown();
    assertThat(fixture.backend.shutDown).isTrue();
  }

  @Test
  void shutsDownWithoutStartAndTwice() {
    fixture.exporter.shutdown();
    fixture.exporter.shutdown();

    assertThat(fixture.backend.shutDown).isTrue();
  }

  @Test
  void triesOnceMoreWhatWaitsForARetry() {
    fixture.backend.script(batch -> retryable());
    fixture.consume(5);
    fixture.backend.script(batch -> SendResult.DELIVERED);

    fixture.exporter.shutdown();

    assertThat(fixture.settlements).hasSize(5).containsOnly(Settlement.DELIVERED);
  }

  @Test
  void triesEverythingInTheQueueThoughTheBackendWasDown() {
    fixture.backend.script(batch -> retryable());
    fixture.consume(50);
    int before = fixture.backend.calls.size();

    fixture.exporter.shutdown();

    assertThat(fixture.backend.calls).hasSize(before + 50);
    assertThat(fixture.settlements).hasSize(50).containsOnly(LOST);
    assertThat(fixture.sendFailed()).isEqualTo(50L * ITEMS);
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  @Test
  void waitsForTheAnswersToComeAndShortensAttemptsToWhatIsLeft() throws Exception {
    fixture.consume(3);
    Thread shutdown = shutDownInBackground();
    fixture.time.advance(Duration.ofSeconds(18));
    fixture.backend.call(0).answer(SendResult.DELIVERED);
    await().until(() -> fixture.backend.calls.size() == 3);
    assertThat(fixture.backend.last().timeoutNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());

    fixture.backend.call(1).answer(SendResult.DELIVERED);
    fixture.backend.call(2).answer(SendResult.DELIVERED);
    shutdown.join();

    assertThat(fixture.settlements).hasSize(3).containsOnly(Settlement.DELIVERED);
  }

  @Test
  void leavesABackendThatHangsAfterTheDeadline() throws Exception {
    fixture.consume(5);
    Thread shutdown = shutDownInBackground();
    fixture.time.advance(Duration.ofSeconds(20));
    shutdown.join();

    assertThat(fixture.settlements).hasSize(5).containsOnly(LOST);
    fixture.backend.call(0).answer(SendResult.DELIVERED);
    assertThat(fixture.sent()).isZero();
    assertThat(fixture.sendFailed()).isEqualTo(5L * ITEMS);
    assertThat(fixture.backend.calls).hasSize(2);
  }

  @Test
  void endsWhenTheHostInterrupts() throws Exception {
    fixture.consume(5);
    Thread shutdown = shutDownInBackground();
    shutdown.interrupt();
    shutdown.join();

    assertThat(fixture.settlements).hasSize(5).containsOnly(LOST);
    assertThat(fixture.backend.shutDown).isTrue();
  }

  @Test
  void settlesWhatComesAfterwards() {
    fixture.exporter.shutdown();
    fixture.consume(1);

    assertThat(fixture.settlements).containsExactly(LOST);
    assertThat(fixture.backend.calls).isEmpty();
  }

  private Thread shutDownInBackground() {
    int scheduled = fixture.time.pending();
    Thread thread = Thread.ofVirtual().start(fixture.exporter::shutdown);
    await().until(() -> fixture.time.pending() > scheduled);
    return thread;
  }
}
