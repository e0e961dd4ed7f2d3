package io.millrace.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.component.Admission;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.SinkConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchProcessorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String LABEL = "processor=\"batch/small\"";

  private final ManualClock clock = new ManualClock();
  private final FakeHost host = new FakeHost(clock);
  private final SinkConsumer sink = SinkConsumer.holding();

  @Test
  void sendsAllThatWaitsAsSoonAsItIsEnough() {
    Processor processor = create(SECOND, 10, 0);
    feed(processor, 4, 4);
    assertThat(sink.batches()).isEmpty();
    assertThat(processor.heldItems()).isEqualTo(8);

    feed(processor, 40);
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(48);
    assertThat(processor.heldItems()).isZero();
  }

  @Test
  void cutsWhatIsMoreThanTheMaximum() {
    Processor processor = create(SECOND, 4, 6);
    feed(processor, 3, 10);
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(6, 6);
    assertThat(processor.heldItems()).isEqualTo(1);

    feed(processor, 8);
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(6, 6, 6);
    processor.shutdown();
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(6, 6, 6, 3);
  }

  @Test
  void restThatIsEnoughIsSentAtOnce() {
    feed(create(SECOND, 4, 6), 16);

    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(6, 6, 4);
  }

  @Test
  void waitsFromTheFirstItemOn() {
    Processor processor = create(SECOND, 100, 0);
    clock.advance(SECOND.multipliedBy(9));
    feed(processor, 1);
    pass(processor, SECOND.minusNanos(1));
    assertThat(sink.batches()).isEmpty();
    feed(processor, 1);
    pass(processor, Duration.ofNanos(1));

    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(2);
    pass(processor, SECOND.multipliedBy(2));
    assertThat(sink.batches()).hasSize(1);
  }

  @Test
  void whatRemainsWaitsFromItsOwnArrivalOn() {
    Processor processor = create(SECOND, 10, 10);
    feed(processor, 8);
    pass(processor, SECOND.dividedBy(2));
    feed(processor, 5);
    pass(processor, SECOND.dividedBy(2));
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(10);

    pass(processor, SECOND.dividedBy(2));
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(10, 3);
  }

  @Test
  void withoutTimeoutOrSizeItOnlyCuts() {
    for (Processor processor : List.of(create(Duration.ZERO, 5, 5), create(SECOND, 0, 5))) {
      int before = sink.batches().size();
      feed(processor, 3, 7);

      assertThat(sink.batches().subList(before, before + 3))
          .extracting(OtlpBatch::items)
          .containsExactly(3, 5, 2);
      assertThat(processor.tickInterval()).isZero();
    }
  }

  @Test
  void ticksTenTimesInATimeoutButNotMoreThanAThousandTimesASecond() {
    assertThat(create(SECOND, 5, 0).tickInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(create(Duration.ofNanos(7), 5, 0).tickInterval()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void writesOneArrayOfTheExactSizeAndNoneForAWholeRequest() {
    OtlpBatch whole = OtlpSamples.spans(10);
    Processor processor = create(SECOND, 10, 10);
    processor.consume(whole);
    feed(processor, 7, 7);

    assertThat(sink.batches().get(0).bytes()).isSameAs(whole.bytes());
    OtlpBatch cut = sink.batches().get(1);
    assertThat(cut.bytes()).hasSize(cut.length());
  }

  @Test
  void everySenderHearsOfItsOwnItems() {
    AckProbe first = new AckProbe("first");
    AckProbe cut = new AckProbe("cut");
    AckProbe last = new AckProbe("last");
    Processor processor = create(SECOND, 6, 6);
    processor.consume(OtlpSamples.spans(4).withAck(first));
    processor.consume(OtlpSamples.spans(4).withAck(cut));
    processor.consume(OtlpSamples.spans(4).withAck(last));

    sink.batches().get(1).ack().settle(Settlement.rejected("poison"));
    last.assertSettledOnce(Settlement.rejected("poison"));
    assertThat(cut.settlement()).isNull();
    sink.batches().get(0).ack().delivered();
    first.assertSettledOnce(Settlement.DELIVERED);
    cut.assertSettledOnce(Settlement.rejected("poison"));
  }

  @Test
  void joinsOnlyWhatAgreesInTheMetadataKeys() {
    var config = new BatchProcessorConfig(SECOND, 4, 0, List.of("Tenant"), 10);
    Processor processor = create(config);
    feed(processor, context("a", "1"), 2);
    feed(processor, context("b", "2"), 3);
    feed(processor, context("a", "3"), 2);
    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(4);
    feed(processor, RequestContext.EMPTY, 1);
    pass(processor, SECOND);

    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(4, 3, 1);
    assertThat(sink.batches())
        .extracting(OtlpBatch::context)
        .containsExactly(tenant("a"), tenant("b"), RequestContext.EMPTY);
  }

  @Test
  void withoutMetadataKeysSendersAreForgotten() {
    Processor processor = create(SECOND, 2, 0);
    feed(processor, context("a", "1"), 2);

    assertThat(sink.batches().getFirst().context()).isEqualTo(RequestContext.EMPTY);
  }

  @Test
  void rejectsCombinationsBeyondTheLimitAtTheDoor() {
    var config = new BatchProcessorConfig(SECOND, 4, 0, List.of("tenant"), 2);
    Processor processor = create(config);

    assertThat(reserve(processor, context("a", "1"))).isNull();
    assertThat(reserve(processor, RequestContext.EMPTY)).isNull();
    assertThat(reserve(processor, context("c", "1"))).isEqualTo(MetadataCombinations.TOO_MANY);
    assertThat(reserve(processor, context("a", "2"))).isNull();
    assertThat(metrics()).contains("otelcol_processor_batch_metadata_cardinality{" + LABEL + "} 2");
  }

  @Test
  void hasNoSayAtTheDoorWithoutLimitOrKeys() {
    assertThat(create(SECOND, 4, 0).admission()).isSameAs(Admission.ALWAYS);
    assertThat(create(new BatchProcessorConfig(SECOND, 4, 0, List.of("tenant"), 0)).admission())
        .isSameAs(Admission.ALWAYS);
  }

  @Test
  void sendsBeforeABatchBecomesTooLargeToCopy() {
    Processor processor = create(SECOND, 100, 0);
    int length = (int) (BatchProcessor.BYTES_MAX / 2);
    byte[] bytes = new byte[length];
    for (int i = 0; i < 3; i++) {
      processor.consume(
          new OtlpBatch(
              bytes,
              0,
              length,
              Signal.TRACES,
              1,
              new Arrival(0, 0),
              RequestContext.EMPTY,
              new AckProbe("large")));
    }

    assertThat(sink.batches()).extracting(OtlpBatch::items).containsExactly(2);
    assertThat(processor.heldItems()).isEqualTo(1);
  }

  @Test
  void countsWhatItSendsUnderTheCollectorsNames() {
    Processor processor = create(SECOND, 4, 0);
    feed(processor, 4, 3);
    pass(processor, SECOND);

    assertThat(metrics())
        .contains("otelcol_processor_batch_batch_send_size_bucket{" + LABEL + ",le=\"10\"} 2")
        .contains("otelcol_processor_batch_batch_send_size_sum{" + LABEL + "} 7")
        .contains("otelcol_processor_batch_batch_send_size_bytes_count{" + LABEL + "} 2")
        .contains("otelcol_processor_batch_batch_send_size_bytes_bucket{" + LABEL)
        .contains("le=\"16777216\"} 2")
        .contains("otelcol_processor_batch_batch_size_trigger_send{" + LABEL + "} 1")
        .contains("otelcol_processor_batch_timeout_trigger_send{" + LABEL + "} 1")
        .contains("otelcol_processor_batch_metadata_cardinality{" + LABEL + "} 0");
  }

  @Test
  void joinsOnlyWhatWasValidatedDeeplyAndNoProfiles() {
    assertThat(create(SECOND, 4, 0).requires()).isEqualTo(Validation.DEEP);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new BatchProcessorFactory()
                .create(host.context("batch"), BatchProcessorConfig.DEFAULT, Signal.PROFILES, sink))
        .withMessage("batch: profiles (expected: traces, metrics or logs)");
  }

  private Processor create(Duration timeout, int size, int maxSize) {
    return create(new BatchProcessorConfig(timeout, size, maxSize, List.of(), 1000));
  }

  private Processor create(BatchProcessorConfig config) {
    return new BatchProcessorFactory()
        .create(host.context("batch/small"), config, Signal.TRACES, sink);
  }

  private static void feed(Processor processor, int... items) {
    for (int count : items) {
      processor.consume(OtlpSamples.spans(count));
    }
  }

  private static void feed(Processor processor, RequestContext context, int items) {
    OtlpBatch spans = OtlpSamples.spans(items);
    processor.consume(
        new OtlpBatch(
            spans.bytes(),
            spans.offset(),
            spans.length(),
            Signal.TRACES,
            items,
            spans.arrival(),
            context,
            spans.ack()));
  }

  private void pass(Processor processor, Duration time) {
    clock.advance(time);
    processor.tick(clock.nanos());
  }

  private static @Nullable Settlement reserve(Processor processor, RequestContext context) {
    return processor.admission().reserve(Signal.TRACES, 1, 1, context);
  }

  private static RequestContext context(String tenant, String other) {
    return new RequestContext(
        Map.of("tenant", List.of(tenant), "other", List.of(other)),
        Map.of("user", "u"),
        "1.2.3.4:5");
  }

  private static RequestContext tenant(String tenant) {
    return new RequestContext(Map.of("tenant", List.of(tenant)), Map.of(), "");
  }

  private String metrics() {
    return PrometheusText.write(host.metrics());
  }
}
