package io.millrace.processor.probabilisticsampler;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.component.Processor;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.List;

/** One sampler under test, fed with messages of protobuf-java. */
final class Sampled {
  private final FakeHost host = new FakeHost(new ManualClock());
  private final SinkConsumer sink = new SinkConsumer();
  private final Signal signal;
  private final Processor processor;

  Sampled(ProbabilisticSamplerConfig config, Signal signal) {
    this.signal = signal;
    this.processor =
        new ProbabilisticSamplerFactory()
            .create(host.context("probabilistic_sampler"), config, signal, sink);
  }

  MetricRegistry metrics() {
    return host.metrics();
  }

  /** Returns what comes out, the default instance when nothing does. */
  Message sample(Message request) {
    byte[] bytes = request.toByteArray();
    int before = sink.batches().size();
    int items = OtlpValidator.deep(signal, bytes, 0, bytes.length).items();
    processor.consume(
        new OtlpBatch(
            bytes,
            0,
            bytes.length,
            signal,
            items,
            new Arrival(0, 0),
            RequestContext.EMPTY,
            Ack.of(settlement -> {})));
    List<OtlpBatch> out = sink.batches();
    return out.size() == before ? request.getDefaultInstanceForType() : parse(out.getLast());
  }

  private Message parse(OtlpBatch batch) {
    byte[] body =
        Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length());
    try {
      return signal == Signal.TRACES
          ? ExportTraceServiceRequest.parseFrom(body)
          : ExportLogsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the span as it comes out alone, the default instance when it does not. */
  Span sample(Span span) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    ExportTraceServiceRequest out = (ExportTraceServiceRequest) sample(request.build());
    return out.getResourceSpansCount() == 0
        ? Span.getDefaultInstance()
        : out.getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  /** Returns the record as it comes out alone, the default instance when it does not. */
  LogRecord sample(LogRecord log) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(log);
    ExportLogsServiceRequest out = (ExportLogsServiceRequest) sample(request.build());
    return out.getResourceLogsCount() == 0
        ? LogRecord.getDefaultInstance()
        : out.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
  }
}
