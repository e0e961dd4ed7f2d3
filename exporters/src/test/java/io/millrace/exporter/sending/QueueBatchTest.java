package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Validation;
import io.millrace.exporter.sending.BatchConfig.Partition;
import io.millrace.exporter.sending.QueueConfig.OnFull;
import io.millrace.exporter.sending.QueueConfig.Sizer;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.OtlpSamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that are joined in the queue. */
class QueueBatchTest {
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final String SIZE =
      "otelcol_exporter_queue_size{data_type=\"traces\",exporter=\"otlp/x\"}";

  private final List<AckProbe> senders = new ArrayList<>();

  private static SendingFixture fixture(
      long min, long max, BatchConfig.@Nullable Sizer sizer, String... keys) {
    return fixture(new BatchConfig(TIMEOUT, min, max, sizer, new Partition(List.of(keys))), 1000);
  }

  private static SendingFixture fixture(BatchConfig batch, long queueSize) {
    return new SendingFixture(NO_JITTER, queue(batch, Sizer.REQUESTS, queueSize));
  }

  private static QueueConfig queue(BatchConfig batch, Sizer sizer, long queueSize) {
    return new QueueConfig(true, 2, queueSize, sizer, false, false, OnFull.DROP, 0, null, batch);
  }

  private OtlpBatch request(int items) {
    return request(items, RequestContext.EMPTY);
  }

  private OtlpBatch request(int items, RequestContext context) {
    OtlpBatch sample = OtlpSamples.spans(items);
    AckProbe sender = new AckProbe("sender " + senders.size(), sample.length());
    senders.add(sender);
    return new OtlpBatch(
        sample.bytes(),
        sample.offset(),
        sample.length(),
        Signal.TRACES,
        items,
        sample.arrival(),
        context,
        sender);
  }

  private static RequestContext metadata(String key, String value) {
    return new RequestContext(Map.of(key, List.of(value)), Map.of(), "127.0.0.1:9");
  }

  private static List<Integer> itemsSent(SendingFixture fixture) {
    return fixture.backend.calls.stream().map(call -> call.batch().items()).toList();
  }

  @Test
  void joinsRequestsUntilThereIsEnough() {
    SendingFixture fixture = fixture(10, 0, null);
    fixture.exporter.consume(request(4));
    fixture.exporter.consume(request(5));
    assertThat(fixture.backend.calls).isEmpty();
    fixture.exporter.consume(request(3));

    assertThat(itemsSent(fixture)).containsExactly(12);
    assertThat(senders).allSatisfy(sender -> assertThat(sender.settlement()).isNull());
    fixture.backend.last().answer(SendResult.DELIVERED);
    assertThat(senders)
        .hasSize(3)
        .allSatisfy(sender -> sender.assertSettledOnce(Settlement.DELIVERED));
  }

  @Test
  void countsTheSizesOfItsBatches() {
    SendingFixture fixture = fixture(2, 0, null);
    fixture.exporter.consume(request(1));
    fixture.exporter.consume(request(2));

    String name = "otelcol_exporter_queue_batch_send_size";
    String exporter = "{exporter=\"otlp/x\"}";
    assertThat(fixture.metric(name + "_sum" + exporter)).isEqualTo(3);
    assertThat(fixture.metric(name + "_bytes_sum" + exporter))
        .isEqualTo(fixture.backend.last().batch().length());
  }

  @Test
  void sendsWhatHasWaitedLongEnough() {
    SendingFixture fixture = fixture(10, 0, null);
    fixture.exporter.consume(request(1));
    fixture.time.advance(TIMEOUT.dividedBy(2));
    fixture.exporter.consume(request(2));
    fixture.time.advance(TIMEOUT.dividedBy(2).minusNanos(1));
    assertThat(fixture.backend.calls).isEmpty();

    fixture.time.advance(Duration.ofNanos(1));

    assertThat(itemsSent(fixture)).containsExactly(3);
  }

  @Test
  void eachBatchWaitsFromItsFirstRequestOn() {
    SendingFixture fixture = fixture(2, 0, null);
    fixture.exporter.consume(request(1));
    fixture.time.advance(TIMEOUT.dividedBy(2));
    fixture.exporter.consume(request(1));
    fixture.exporter.consume(request(1));
    assertThat(itemsSent(fixture)).containsExactly(2);

    fixture.time.advance(TIMEOUT.minusNanos(1));
    assertThat(itemsSent(fixture)).containsExactly(2);
    fixture.time.advance(Duration.ofNanos(1));

    assertThat(itemsSent(fixture)).containsExactly(2, 1);
    assertThat(fixture.time.pending()).isZero();
  }

  @Test
  void sendsAtOnceWithoutAMinimum() {
    SendingFixture fixture = fixture(0, 0, null);
    fixture.exporter.consume(request(1));

    assertThat(itemsSent(fixture)).containsExactly(1);
  }

  @Test
  void cutsWhatIsLargerThanTheMaximum() {
    SendingFixture fixture = fixture(5, 6, null);
    fixture.backend.script(batch -> batch.items() == 1 ? null : SendResult.DELIVERED);
    fixture.exporter.consume(request(4));
    fixture.exporter.consume(request(9));
    fixture.time.advance(TIMEOUT);

    assertThat(itemsSent(fixture)).containsExactly(6, 6, 1);
    senders.getFirst().assertSettledOnce(Settlement.DELIVERED);
    assertThat(senders.getLast().settlement()).isNull();
    fixture.backend.last().answer(SendResult.DELIVERED);
    senders.getLast().assertSettledOnce(Settlement.DELIVERED);
  }

  @Test
  void keepsAMaximumOfBytesUnlessOneItemIsLarger() {
    int one = OtlpSamples.spans(1).length();
    int max = 3 * one;
    SendingFixture fixture = fixture(2L * one, max, BatchConfig.Sizer.BYTES);
    fixture.backend.script(batch -> SendResult.DELIVERED);
    for (int items : new int[] {1, 40, 1, 2, 9}) {
      fixture.exporter.consume(request(items));
    }
    fixture.exporter.shutdown();

    assertThat(fixture.backend.calls.size()).isGreaterThan(5);
    assertThat(itemsSent(fixture).stream().mapToInt(Integer::intValue).sum()).isEqualTo(53);
    assertThat(fixture.backend.calls)
        .allSatisfy(call -> assertThat(call.batch().length()).isLessThanOrEqualTo(max));

    SendingFixture tiny = fixture(1, 1, BatchConfig.Sizer.BYTES);
    tiny.backend.script(batch -> SendResult.DELIVERED);
    tiny.exporter.consume(request(3));
    tiny.exporter.shutdown();
    assertThat(itemsSent(tiny)).containsExactly(1, 1, 1);
  }

  @Test
  void countsLikeTheQueueUnlessTold() {
    SendingFixture bytes =
        new SendingFixture(
            NO_JITTER,
            queue(new BatchConfig(TIMEOUT, 3, 0, null, Partition.DEFAULT), Sizer.BYTES, 1 << 20));
    bytes.exporter.consume(request(1));
    assertThat(itemsSent(bytes)).containsExactly(1);

    SendingFixture items =
        new SendingFixture(
            NO_JITTER,
            queue(
                new BatchConfig(TIMEOUT, 3, 0, BatchConfig.Sizer.ITEMS, Partition.DEFAULT),
                Sizer.BYTES,
                1 << 20));
    items.exporter.consume(request(1));
    assertThat(itemsSent(items)).isEmpty();
  }

  @Test
  void joinsOnlyWhatAgreesInTheMetadataKeys() {
    SendingFixture fixture = fixture(2, 0, null, "X-Tenant");
    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.exporter.consume(request(1, metadata("x-tenant", "a")));
    fixture.exporter.consume(request(1, metadata("x-tenant", "b")));
    fixture.exporter.consume(request(1));
    assertThat(fixture.backend.calls).isEmpty();
    fixture.exporter.consume(request(1, metadata("x-tenant", "b")));

    assertThat(itemsSent(fixture)).containsExactly(2);
    assertThat(fixture.backend.last().batch().context())
        .isEqualTo(new RequestContext(Map.of("x-tenant", List.of("b")), Map.of(), ""));
    fixture.time.advance(TIMEOUT);
    assertThat(itemsSent(fixture)).containsExactly(2, 1, 1);
  }

  @Test
  void forgetsWhoSentWhatWithoutMetadataKeys() {
    SendingFixture fixture = fixture(2, 0, null);
    fixture.exporter.consume(request(1, metadata("x-tenant", "a")));
    fixture.exporter.consume(request(1, metadata("x-tenant", "b")));

    assertThat(fixture.backend.last().batch().context()).isEqualTo(RequestContext.EMPTY);
  }

  /**
   * Scenario: an exporter whose requests go out under the sender's name joins in its queue.
   * Guarantees: nobody's items go out under another's name, whatever the partition says.
   */
  @Test
  void joinsOnlyWhatGoesOutUnderTheSameName() {
    SendingFixture fixture =
        new SendingFixture(
            NO_JITTER,
            queue(new BatchConfig(TIMEOUT, 2, 0, null, Partition.DEFAULT), Sizer.REQUESTS, 1000),
            new ContextKeys(Set.of("x-tenant"), Set.of("username")));
    fixture.backend.script(batch -> SendResult.DELIVERED);
    RequestContext anna = metadata("x-tenant", "a").withAuth(Map.of("username", "anna"));
    RequestContext bob = metadata("x-tenant", "a").withAuth(Map.of("username", "bob"));
    fixture.exporter.consume(request(1, anna));
    fixture.exporter.consume(request(1, bob));
    fixture.exporter.consume(request(1, metadata("x-tenant", "b")));
    assertThat(fixture.backend.calls).isEmpty();
    fixture.exporter.consume(request(1, bob));

    assertThat(itemsSent(fixture)).containsExactly(2);
    RequestContext sent = fixture.backend.last().batch().context();
    assertThat(sent.metadata()).isEqualTo(Map.of("x-tenant", List.of("a")));
    assertThat(sent.auth()).isEqualTo(Map.of("username", "bob"));
    fixture.time.advance(TIMEOUT);
    assertThat(itemsSent(fixture)).containsExactly(2, 1, 1);
  }

  @Test
  void boundsHowManyCombinationsWait() {
    SendingFixture fixture = fixture(2, 0, null, "x-tenant");
    for (int tenant = 0; tenant < QueueBatcher.PARTITIONS_MAX; tenant++) {
      fixture.exporter.consume(request(1, metadata("x-tenant", "t" + tenant)));
    }
    assertThat(fixture.backend.calls).isEmpty();

    fixture.exporter.consume(request(1, metadata("x-tenant", "one more")));

    assertThat(fixture.backend.last().batch().context().metadata())
        .containsEntry("x-tenant", List.of("t0"));
  }

  @Test
  void joinsNothingBeyondTheLargestBatch() {
    SendingFixture fixture = fixture(1000, 0, null);
    byte[] half = new byte[QueueBatcher.BYTES_MAX / 2 + 1];
    for (int i = 0; i < 2; i++) {
      OtlpBatch request = request(1);
      fixture.exporter.consume(request.withBytes(half, 1, request.ack()));
    }

    assertThat(itemsSent(fixture)).containsExactly(1);
  }

  @Test
  void countsInTheQueueWhatWaitsAndWhatIsJoined() {
    SendingFixture fixture = fixture(new BatchConfig(TIMEOUT, 3, 0, null, Partition.DEFAULT), 3);
    OtlpBatch first = request(1);
    fixture.exporter.consume(first);
    OtlpBatch second = request(1);
    fixture.exporter.consume(second);
    assertThat(fixture.metric(SIZE)).isEqualTo(2);
    assertThat(fixture.exporter.heldItems()).isEqualTo(2);
    assertThat(fixture.exporter.heldBytes()).isEqualTo(first.length() + second.length());
    assertThat(fixture.exporter.hasRoom()).isTrue();

    OtlpBatch third = request(1);
    fixture.exporter.consume(third);
    assertThat(fixture.metric(SIZE)).isEqualTo(3);
    assertThat(fixture.exporter.heldItems()).isEqualTo(3);
    assertThat(fixture.exporter.heldBytes())
        .isEqualTo(first.length() + second.length() + third.length());
    assertThat(fixture.exporter.hasRoom()).isFalse();
    assertThat(fixture.reserve()).isNotNull();

    fixture.backend.last().answer(SendResult.DELIVERED);
    assertThat(fixture.metric(SIZE)).isZero();
    assertThat(fixture.exporter.heldItems()).isZero();
    assertThat(fixture.exporter.heldBytes()).isZero();
    assertThat(fixture.reserve()).isNull();
  }

  @Test
  void onlyTheSenderPaysWhoseItemIsBad() {
    SendingFixture fixture = fixture(3, 0, null);
    OtlpBatch poison = request(1);
    String bad = text(poison);
    fixture.backend.script(batch ->
        text(batch).contains(bad) ? new SendResult.Permanent("bad") : SendResult.DELIVERED);
    fixture.exporter.consume(request(1));
    fixture.exporter.consume(poison);
    fixture.exporter.consume(request(1));

    assertThat(itemsSent(fixture)).first().isEqualTo(3);
    assertThat(senders)
        .extracting(AckProbe::settlement)
        .containsExactly(
            Settlement.rejected("permanent_error"), Settlement.DELIVERED, Settlement.DELIVERED);
    assertThat(fixture.metric(SIZE)).isZero();
    assertThat(fixture.exporter.heldItems()).isZero();
    assertThat(fixture.exporter.heldBytes()).isZero();
  }

  private static String text(OtlpBatch batch) {
    return new String(batch.bytes(), batch.offset(), batch.length(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void sendsWhatWaitsAtShutdown() {
    SendingFixture fixture = fixture(1000, 0, null);
    fixture.backend.script(batch -> SendResult.DELIVERED);
    fixture.exporter.consume(request(2));
    fixture.exporter.consume(request(3));
    fixture.exporter.shutdown();
    fixture.exporter.consume(request(4));

    assertThat(itemsSent(fixture)).containsExactly(5);
    assertThat(senders)
        .extracting(AckProbe::settlement)
        .containsExactly(
            Settlement.DELIVERED, Settlement.DELIVERED, Settlement.refused("shutdown", 0));
    assertThat(fixture.exporter.heldItems()).isZero();
  }

  @Test
  void insistsOnDeepValidationOnlyWhereItJoins() {
    assertThat(fixture(1, 0, null).exporter.requires()).isEqualTo(Validation.DEEP);
    assertThat(new SendingFixture(NO_JITTER, SendingFixture.queue(1, 1)).exporter.requires())
        .isEqualTo(Validation.FRAMING);
  }

  @Test
  void anExporterThatFailsOnABatchCostsThatBatchAlone() {
    SendingFixture fixture = fixture(1, 0, null);
    LaneSplitter failing =
        (batch, lanes) -> {
          throw new IllegalStateException("a bug, on purpose");
        };
    SendingConfig config =
        new SendingConfig(
            Duration.ofSeconds(5),
            NO_JITTER,
            queue(new BatchConfig(TIMEOUT, 1, 0, null, Partition.DEFAULT), Sizer.REQUESTS, 10));
    SendingExporter exporter =
        SendingExporter.inLanes(fixture.host.context("otlp/x"), Signal.TRACES, config, failing);
    exporter.consume(request(2));

    senders.getFirst().assertSettledOnce(Settlement.dropped("exporter_error"));
    assertThat(exporter.heldItems()).isZero();
    assertThat(fixture.sendFailed()).isEqualTo(2);
    exporter.shutdown();
  }
}
