package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.component.ByteBudget;
import io.millrace.component.Processor;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A processor on a clock that the test moves. */
final class SamplerRig {
  static final Duration WAIT = Duration.ofSeconds(10);

  private static final long BUDGET_BYTES = 64 << 20;
  private static final Duration TICK = Duration.ofMillis(100);

  final ManualClock clock = new ManualClock();
  final FakeHost host;
  final SinkConsumer sink = new SinkConsumer();
  final Processor processor;
  long sentSpans;

  /** Creates a processor with these settings; {@code decision_wait} is {@link #WAIT} unless set. */
  SamplerRig(String yaml) {
    this(yaml, BUDGET_BYTES);
  }

  /** Creates a processor of this id, with these settings. */
  SamplerRig(String id, String yaml) {
    this(id, yaml, BUDGET_BYTES);
  }

  SamplerRig(String yaml, long budgetBytes) {
    this("tail_sampling", yaml, budgetBytes);
  }

  private SamplerRig(String id, String yaml, long budgetBytes) {
    host = new FakeHost(clock, new ByteBudget(budgetBytes));
    String settings = yaml.contains("decision_wait:") ? yaml : "decision_wait: 10s\n" + yaml;
    processor =
        new TailSamplingProcessorFactory()
            .create(host.context(id), Configs.load(settings), Signal.TRACES, sink);
  }

  /** Creates a processor with these policies, in flow style. */
  static SamplerRig of(String... policies) {
    return new SamplerRig("policies: [" + String.join(",", policies) + "]");
  }

  /** Sends one batch of one resource. */
  SamplerRig send(Span.Builder... spans) {
    return send(Traces.resource("service", spans));
  }

  /** Sends one batch. */
  SamplerRig send(ResourceSpans... resources) {
    return send(RequestContext.EMPTY, resources);
  }

  SamplerRig send(RequestContext context, ResourceSpans... resources) {
    ExportTraceServiceRequest request = Traces.request(resources);
    int spans =
        request.getResourceSpansList().stream()
            .flatMap(each -> each.getScopeSpansList().stream())
            .mapToInt(ScopeSpans::getSpansCount)
            .sum();
    send(request.toByteArray(), spans, context);
    return this;
  }

  void send(byte[] request, int spans, RequestContext context) {
    AckProbe sender = new AckProbe("sender");
    sentSpans += spans;
    processor.consume(
        new OtlpBatch(
            request,
            0,
            request.length,
            Signal.TRACES,
            spans,
            new Arrival(clock.nanos(), clock.unixNanos()),
            context,
            sender));
    sender.assertSettledOnce(Settlement.HELD);
  }

  /** Lets time pass, with a tick every 100 ms. */
  SamplerRig pass(Duration duration) {
    for (Duration left = duration; left.isPositive(); left = left.minus(TICK)) {
      clock.advance(left.compareTo(TICK) < 0 ? left : TICK);
      processor.tick(clock.nanos());
      assertConservation();
    }
    return this;
  }

  /** Lets so much time pass that everything is decided. */
  SamplerRig decide() {
    return pass(WAIT.plus(TICK));
  }

  /** Fails unless every span is passed on, dropped or held. */
  void assertConservation() {
    assertThat(sink.items() + metric("millrace_tail_sampling_dropped_spans_total") + held())
        .as("spans passed on, dropped and held")
        .isEqualTo(sentSpans);
  }

  long held() {
    return processor.heldItems();
  }

  /** Returns the numbers of the traces that came out. */
  Set<Long> kept() {
    Set<Long> numbers = new TreeSet<>();
    spans().forEach(span -> numbers.add(Traces.number(span)));
    return numbers;
  }

  boolean keeps(long trace) {
    return kept().contains(trace);
  }

  /** Returns the spans that came out, in order. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (ExportTraceServiceRequest export : exports()) {
      for (ResourceSpans resource : export.getResourceSpansList()) {
        resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
      }
    }
    return spans;
  }

  List<ExportTraceServiceRequest> exports() {
    return sink.batches().stream().map(SamplerRig::parse).toList();
  }

  static ExportTraceServiceRequest parse(OtlpBatch batch) {
    try {
      return ExportTraceServiceRequest.parseFrom(
          Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an export that is no request", e);
    }
  }

  /** Returns the sum of all series of that name whose labels contain each of {@code labels}. */
  long metric(String name, String... labels) {
    return (long)
        series(name, labels).stream()
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  List<String> series(String name, String... labels) {
    return PrometheusText.write(host.metrics())
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .toList();
  }
}
