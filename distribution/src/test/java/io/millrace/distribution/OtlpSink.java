package io.millrace.distribution;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An OTLP/gRPC backend of generated classes: what arrives was read by protobuf-java, not by us.
 *
 * <p>Thread safe.
 */
final class OtlpSink implements AutoCloseable {
  final Queue<ExportTraceServiceRequest> traces = new ConcurrentLinkedQueue<>();
  final Queue<ExportMetricsServiceRequest> metrics = new ConcurrentLinkedQueue<>();
  final Queue<ExportLogsServiceRequest> logs = new ConcurrentLinkedQueue<>();
  private final AtomicInteger traceCalls = new AtomicInteger();
  private final Server server;

  /** Whether every second call with traces is answered UNAVAILABLE. */
  volatile boolean isFlaky;

  /** Every request with a span of this name is answered INVALID_ARGUMENT; empty for none. */
  volatile String poison = "";

  /** How many requests were poisoned. */
  final AtomicInteger rejections = new AtomicInteger();

  OtlpSink() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(16 << 20)
            .addService(new Traces())
            .addService(new Metrics())
            .addService(new Logs())
            .build()
            .start();
  }

  /** Returns the spans of a request, in order. */
  static Stream<Span> spans(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream());
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> observer) {
      if (isFlaky && traceCalls.getAndIncrement() % 2 == 0) {
        observer.onError(Status.UNAVAILABLE.withDescription("try again").asRuntimeException());
        return;
      }
      if (isPoisoned(request)) {
        rejections.incrementAndGet();
        observer.onError(Status.INVALID_ARGUMENT.withDescription("poison").asRuntimeException());
        return;
      }
      traces.add(request);
      answer(observer, ExportTraceServiceResponse.getDefaultInstance());
    }

    private boolean isPoisoned(ExportTraceServiceRequest request) {
      return spans(request).anyMatch(span -> span.getName().equals(poison));
    }
  }

  private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
    @Override
    public void export(
        ExportMetricsServiceRequest request,
        StreamObserver<ExportMetricsServiceResponse> observer) {
      metrics.add(request);
      answer(observer, ExportMetricsServiceResponse.getDefaultInstance());
    }
  }

  private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> observer) {
      logs.add(request);
      answer(observer, ExportLogsServiceResponse.getDefaultInstance());
    }
  }
}
