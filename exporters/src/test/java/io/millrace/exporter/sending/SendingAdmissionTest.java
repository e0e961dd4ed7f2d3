package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.BYTES;
import static io.millrace.exporter.sending.SendingFixture.ITEMS;
import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static io.millrace.exporter.sending.SendingFixture.retryable;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.sending.QueueConfig.OnFull;
import io.millrace.exporter.sending.QueueConfig.Sizer;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the exporter says at the door. */
class SendingAdmissionTest {
  private static final String LABELS = "{data_type=\"traces\",exporter=\"otlp/x\"}";

  private static SendingFixture sized(Sizer sizer, long queueSize, long maxBytes) {
    return new SendingFixture(
        NO_JITTER,
        new QueueConfig(
            true, 1, queueSize, sizer, false, false, OnFull.DROP, maxBytes, null, null));
  }

  private static long admitted(SendingFixture fixture) {
    long count = 0;
    while (fixture.reserve() == null) {
      count++;
    }
    return count;
  }

  @Test
  void refusesAtTheDoorWhatIsReservedBeyondTheQueue() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 3, 0);

    assertThat(admitted(fixture)).isEqualTo(3);
    assertThat(fixture.exporter.hasRoom()).isTrue();
  }

  @Test
  void countsWhatIsInFlightAndWhatWaits() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 3, 0);
    fixture.consume(2);
    fixture.backend.call(0).answer(retryable());

    assertThat(admitted(fixture)).isOne();
    assertThat(fixture.metric("otelcol_exporter_queue_size" + LABELS)).isEqualTo(2);
    assertThat(fixture.metric("otelcol_exporter_queue_capacity" + LABELS)).isEqualTo(3);
  }

  @Test
  void givesRoomBackWhenReservationsAndBatchesEnd() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 1, 0);
    assertThat(fixture.reserve()).isNull();
    fixture.consume(1);
    fixture.exporter.admission().release(Signal.TRACES, ITEMS, BYTES);
    assertThat(fixture.reserve()).isNotNull();
    assertThat(fixture.exporter.hasRoom()).isFalse();

    fixture.backend.last().answer(SendResult.DELIVERED);

    assertThat(fixture.reserve()).isNull();
    assertThat(fixture.exporter.hasRoom()).isTrue();
  }

  @Test
  void countsInTheUnitOfTheSizer() {
    assertThat(admitted(sized(Sizer.ITEMS, 2 * ITEMS, 0))).isEqualTo(2);
    assertThat(admitted(sized(Sizer.BYTES, 5 * BYTES, 0))).isEqualTo(5);
  }

  @Test
  void boundsBytesBesideRequests() {
    assertThat(admitted(sized(Sizer.REQUESTS, 1000, 4 * BYTES))).isEqualTo(4);
  }

  @Test
  void takesAQuarterOfTheBudgetUnlessTold() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 1 << 30, 0);
    long quarter = fixture.host.budget().limit() / 4;

    assertThat(admitted(fixture)).isEqualTo(Math.ceilDiv(quarter, BYTES));
  }

  @Test
  void admitsOneRequestLargerThanAnEmptyQueue() {
    assertThat(admitted(sized(Sizer.BYTES, BYTES / 2, 0))).isOne();
  }

  @Test
  void takesPastTheDoorWhateverTheRoom() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 1, 0);
    fixture.consume(5);
    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.backend.call(0).answer(SendResult.DELIVERED);

    assertThat(fixture.settlements).hasSize(5).containsOnly(Settlement.DELIVERED);
  }

  @Test
  void hintsAtHalfTheTimeTheOldestBatchHasWaited() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 2, 0);
    fixture.consume(2);
    assertThat(hint(fixture)).isEqualTo(Duration.ofMillis(100));
    fixture.time.advance(Duration.ofSeconds(4));
    assertThat(hint(fixture)).isEqualTo(Duration.ofSeconds(2));
    fixture.time.advance(Duration.ofHours(4));
    assertThat(hint(fixture)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void hintsAtTheNextProbeOfABackendThatIsDown() {
    SendingFixture fixture = sized(Sizer.REQUESTS, 1, 0);
    fixture.backend.script(batch -> retryable());
    fixture.consume(1);

    assertThat(hint(fixture)).isEqualTo(Duration.ofSeconds(5));
  }

  private static Duration hint(SendingFixture fixture) {
    Settlement refusal = requireNonNull(fixture.reserve());
    assertThat(refusal.kind()).isEqualTo(Settlement.Kind.REFUSED);
    assertThat(refusal.reason()).isEqualTo("queue_full");
    return Duration.ofNanos(refusal.retryAfterNanos());
  }

  @Test
  void boundsWhatIsUnderWayWithoutAQueue() {
    SendingFixture fixture =
        new SendingFixture(
            NO_JITTER,
            new QueueConfig(false, 3, 1000, Sizer.ITEMS, false, false, OnFull.DROP, 0, null, null));

    assertThat(admitted(fixture)).isEqualTo(3);
    assertThat(fixture.exporter.waitsForResult()).isTrue();
    assertThat(fixture.metric("otelcol_exporter_queue_capacity" + LABELS)).isEqualTo(3);
  }

  @Test
  void isMandatoryOnlyWhenAFullQueueMustRefuse() {
    QueueConfig refusing =
        new QueueConfig(true, 1, 1, Sizer.REQUESTS, false, false, OnFull.REFUSE, 0, null, null);

    assertThat(new SendingFixture(NO_JITTER, refusing).exporter.isMandatory()).isTrue();
    assertThat(new SendingFixture(NO_JITTER, queue(1, 1)).exporter.isMandatory()).isFalse();
    assertThat(new SendingFixture(NO_JITTER, queue(1, 1)).exporter.waitsForResult()).isFalse();
  }
}
