package io.millrace.processor.splicing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentFactory;
import io.millrace.component.Consumer;
import io.millrace.component.ProcessorFactory;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.processor.attributes.AttributesProcessorFactory;
import io.millrace.processor.probabilisticsampler.ProbabilisticSamplerFactory;
import io.millrace.processor.resource.ResourceProcessorFactory;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.SinkConsumer;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What requests cost that grow by far more than what they took at the door. */
class BoundedSplicerTest {
  private static final int MIB = 1 << 20;
  private static final int REQUEST_BYTES = 16 * MIB;
  private static final int ADDED_MAX = 16 * MIB;
  private static final String INSERT =
      "actions: [{key: deployment.environment.name, value: production-eu, action: insert}]";

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHost host = new FakeHost(new ManualClock(), budget);
  private final AckProbe ack = new AckProbe("sender");
  private final List<OtlpBatch> outputs = new ArrayList<>();
  private long items;
  private long peakBytes;
  private int longest;

  /**
   * Scenario: 16 MiB of empty spans, two bytes each, of which an attribute makes 400 MiB; the
   * backend takes each output at once.
   *
   * <p>Guarantees: no output adds more than 16 MiB; all arrive; no growth stays in the budget.
   */
  @Test
  void anEditThatGrowsFarIsMadeInBoundedPieces() {
    consume(new AttributesProcessorFactory(), INSERT, emptySpans(), this::deliver);

    ack.assertSettledOnce(Settlement.DELIVERED);
    assertThat(items).isEqualTo(REQUEST_BYTES / 2);
    assertThat(longest).isLessThanOrEqualTo(REQUEST_BYTES + ADDED_MAX);
    assertThat(peakBytes).isLessThanOrEqualTo(budget.limit() * 5 / 4);
    assertThat(budget.used()).isZero();
  }

  /**
   * Scenario: the same, and the backend takes nothing.
   *
   * <p>Guarantees: what is held stays within the budget and a quarter; what cannot be held is
   * dropped and told; the rest is not.
   */
  @Test
  void growthBeyondTheBudgetIsDropped() {
    consume(new AttributesProcessorFactory(), INSERT, emptySpans(), this::hold);
    long held = outputs.stream().mapToLong(OtlpBatch::length).sum();

    assertThat(outputs).hasSizeGreaterThan(1);
    assertThat(items).isLessThan(REQUEST_BYTES / 2);
    assertThat(held).isLessThanOrEqualTo(REQUEST_BYTES + budget.limit() * 5 / 4);
    assertThat(budget.used()).isBetween(held - REQUEST_BYTES, budget.limit() * 5 / 4);

    outputs.forEach(output -> output.ack().delivered());
    ack.assertSettledOnce(Settlement.dropped("memory_full"));
    assertThat(budget.used()).isZero();
  }

  @Test
  void aValueOfTheSendersContextIsBoundedToo() {
    String yaml = "actions: [{key: who, from_context: metadata.who, action: insert}]";
    RequestContext context =
        new RequestContext(Map.of("who", List.of("w".repeat(8000))), Map.of(), "");
    consume(
        new AttributesProcessorFactory(),
        yaml,
        batch(emptySpans().bytes(), REQUEST_BYTES / 2, context),
        this::hold);

    long held = outputs.stream().mapToLong(OtlpBatch::length).sum();
    assertThat(items).isPositive();
    assertThat(held).isLessThanOrEqualTo(REQUEST_BYTES + budget.limit() * 5 / 4);
    outputs.forEach(output -> output.ack().delivered());
    ack.assertSettledOnce(Settlement.dropped("memory_full"));
    assertThat(budget.used()).isZero();
  }

  /** Scenario: a span under millions of empty resources, which cannot be cut. */
  @Test
  void oneItemWhoseEditIsTooLargeIsDropped() {
    byte[] resources = new byte[REQUEST_BYTES];
    for (int i = 0; i < resources.length; i += 2) {
      resources[i] = 0x0a;
    }
    byte[] request =
        ByteString.copyFrom(resources)
            .concat(OtlpSamples.spanRequest(1).toByteString())
            .toByteArray();
    consume(
        new ResourceProcessorFactory(),
        "attributes: [{key: a, value: b, action: insert}]",
        batch(request, 1, RequestContext.EMPTY),
        this::deliver);

    assertThat(items).isZero();
    ack.assertSettledOnce(Settlement.dropped("edit_too_large"));
    assertThat(budget.used()).isZero();
  }

  /**
   * Scenario: of three spans one has half a million attributes of the key to delete.
   *
   * <p>Guarantees: it alone is lost, and soon: the same key again and again is no list to walk each
   * time.
   */
  @Test
  void aSpanOfTooManyAttributesIsLostAlone() {
    Span.Builder huge = Span.newBuilder();
    for (int i = 0; i < 500_000; i++) {
      huge.addAttributes(OtlpSamples.attribute("a", "b"));
    }
    byte[] request = request(Span.newBuilder(), huge, Span.newBuilder());
    consume(
        new AttributesProcessorFactory(),
        "actions: [{key: a, action: delete}]",
        batch(request, 3, RequestContext.EMPTY),
        this::deliver);

    assertThat(items).isEqualTo(2);
    ack.assertSettledOnce(Settlement.dropped("edit_too_large"));
  }

  /** Guarantees: what is walked twice is decided twice and counted once. */
  @Test
  void theSamplerCountsEachRecordOnce() {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[15]).concat(ByteString.copyFromUtf8("x")))
            .build();
    int count = REQUEST_BYTES / (span.getSerializedSize() + 2);
    byte[] request = repeated(field(2, span.toByteArray()), count);
    consume(
        new ProbabilisticSamplerFactory(),
        "{sampling_percentage: 100, mode: proportional}",
        batch(request, count, RequestContext.EMPTY),
        this::deliver);

    ack.assertSettledOnce(Settlement.DELIVERED);
    assertThat(outputs).isEmpty();
    assertThat(items).isEqualTo(count);
    assertThat(longest).isLessThan(REQUEST_BYTES);
    assertThat(sampled("trace_id_w3c")).isEqualTo(count);
  }

  private long sampled(String policy) {
    return host.metrics()
        .counter(
            "otelcol_processor_probabilistic_sampler_count_traces_sampled",
            "",
            "policy",
            policy,
            "sampled",
            "true")
        .value();
  }

  /** Guarantees: an ordinary edit is charged to the byte, until its items' end. */
  @Test
  void growthIsChargedUntilTheItemsEnd() {
    SinkConsumer sink = SinkConsumer.holding();
    OtlpBatch sample = OtlpSamples.spans(10);
    consume(new AttributesProcessorFactory(), INSERT, sample.withAck(ack), sink);
    OtlpBatch output = sink.batches().getFirst();

    assertThat(budget.used()).isEqualTo(output.length() - sample.length()).isPositive();
    output.ack().split(4, 6).forEach(Ack::delivered);
    ack.assertSettledOnce(Settlement.DELIVERED);
    assertThat(budget.used()).isZero();
  }

  private void deliver(OtlpBatch batch) {
    check(batch);
    batch.ack().delivered();
  }

  private void hold(OtlpBatch batch) {
    check(batch);
    outputs.add(batch);
  }

  private void check(OtlpBatch batch) {
    items += batch.items();
    longest = Math.max(longest, batch.length());
    peakBytes = Math.max(peakBytes, budget.used());
    int found =
        OtlpValidator.framing(batch.signal(), batch.bytes(), batch.offset(), batch.length())
            .items();
    assertThat(found).isEqualTo(batch.items());
  }

  private <C extends Record> void consume(
      ProcessorFactory<C> factory, String yaml, OtlpBatch batch, Consumer next) {
    factory
        .create(host.context(factory.type()), config(factory, yaml), batch.signal(), next)
        .consume(batch);
  }

  private static <C extends Record> C config(ComponentFactory<C> factory, String yaml) {
    try {
      return ConfigLoader.loadComponent(factory, yaml);
    } catch (ConfigException e) {
      throw new AssertionError(yaml, e);
    }
  }

  private OtlpBatch emptySpans() {
    byte[] request = repeated(field(2, new byte[0]), REQUEST_BYTES / 2);
    return batch(request, REQUEST_BYTES / 2, RequestContext.EMPTY);
  }

  private OtlpBatch batch(byte[] request, int count, RequestContext context) {
    return new OtlpBatch(
        request, 0, request.length, Signal.TRACES, count, new Arrival(0, 0), context, ack);
  }

  /** Returns a request with the record again and again, in one scope. */
  private static byte[] repeated(byte[] record, int count) {
    byte[] records = new byte[record.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(record, 0, records, i * record.length, record.length);
    }
    return field(1, field(2, records));
  }

  private static byte[] request(Span.Builder... spans) {
    ByteString records = ByteString.EMPTY;
    for (Span.Builder span : spans) {
      records = records.concat(ByteString.copyFrom(field(2, bytes(span.build()))));
    }
    return field(1, field(2, records.toByteArray()));
  }

  private static byte[] bytes(MessageLite message) {
    return message.toByteArray();
  }

  private static byte[] field(int number, byte[] content) {
    return UnknownFieldSet.newBuilder()
        .addField(
            number, Field.newBuilder().addLengthDelimited(ByteString.copyFrom(content)).build())
        .build()
        .toByteArray();
  }
}
