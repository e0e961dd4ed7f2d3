package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application sends with the unmodified SDK comes out behind two Millraces, item for item.
 *
 * <p>The first passes on over gRPC and the second over HTTP to a third, which ends in a backend of
 * generated classes; so each transport is exercised in both directions.
 */
class SdkEndToEndTest {
  private static final int ORDERS = 50;

  @TempDir static Path folder;

  private static OtlpSink sink;
  private static RunningMillrace last;
  private static RunningMillrace middle;
  private static RunningMillrace first;

  @BeforeAll
  static void start() throws Exception {
    sink = new OtlpSink();
    last = RunningMillrace.exportingOverGrpc(folder, sink.port());
    middle = RunningMillrace.exportingOverHttp(folder, last.httpPort());
    first = RunningMillrace.exportingOverGrpc(folder, middle.grpcPort());
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : List.of(first, middle, last, sink)) {
      each.close();
    }
  }

  @BeforeEach
  void empty() {
    sink.traces.clear();
    sink.metrics.clear();
    sink.logs.clear();
  }

  @Test
  void everythingSentOverGrpcArrives() throws Exception {
    check(Sdk.overGrpc(first.grpcPort()));
  }

  @Test
  void everythingSentOverHttpArrives() throws Exception {
    check(Sdk.overHttp(first.httpPort(), "none"));
  }

  @Test
  void everythingSentOverHttpWithGzipArrives() throws Exception {
    check(Sdk.overHttp(first.httpPort(), "gzip"));
  }

  @Test
  void everythingPassedOnAsJsonAndInOtherCompressionsArrives() throws Exception {
    String http = "exporters: {otlphttp: {encoding: json, compression: zstd, ";
    String grpc = "exporters: {otlp: {compression: snappy, ";
    String endpoint = "endpoint: 'http://127.0.0.1:";
    try (RunningMillrace inJson =
            RunningMillrace.start(folder, http + endpoint + last.httpPort() + "'}}", "otlphttp");
        RunningMillrace inSnappy =
            RunningMillrace.start(folder, grpc + endpoint + inJson.grpcPort() + "'}}", "otlp")) {
      check(Sdk.overGrpc(inSnappy.grpcPort()));
    }
  }

  private static void check(Sdk application) {
    try (application) {
      application.handle(ORDERS);
    }
    await().until(() -> spans(sink).size() == 2 * ORDERS && logs(sink).size() == ORDERS);
    await().until(() -> !sink.metrics.isEmpty());
    checkSpans(sink);
    checkLogs(sink);
    checkMetrics(sink);
  }

  private static void checkSpans(OtlpSink sink) {
    assertThat(resources(sink))
        .allMatch(resource ->
            resource.getResource().getAttributesList().stream()
                .anyMatch(attribute ->
                    attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("shop")));
    List<Span> orders = named(sink, "order");
    List<Span> payments = named(sink, "zahlung über€");
    assertThat(orders.stream().map(span -> span.getAttributes(0).getValue().getIntValue()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ORDERS).mapToObj(i -> (long) i).toList());
    assertThat(payments)
        .hasSize(ORDERS)
        .allMatch(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
        .allMatch(span -> span.getEvents(0).getName().equals("declined"));
    assertThat(payments.stream().map(Span::getParentSpanId))
        .containsExactlyInAnyOrderElementsOf(orders.stream().map(Span::getSpanId).toList());
  }

  private static void checkLogs(OtlpSink sink) {
    assertThat(logs(sink).stream().map(log -> log.getBody().getStringValue()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ORDERS).mapToObj(i -> "order " + i).toList());
  }

  private static void checkMetrics(OtlpSink sink) {
    List<Metric> metrics =
        sink.metrics.stream()
            .flatMap(request -> request.getResourceMetricsList().stream())
            .flatMap(resource -> resource.getScopeMetricsList().stream())
            .flatMap(scope -> scope.getMetricsList().stream())
            .filter(metric -> metric.getName().equals("orders"))
            .toList();
    assertThat(metrics).hasSize(1);
    assertThat(metrics.getFirst().getSum().getDataPoints(0).getAsInt()).isEqualTo(ORDERS);
  }

  private static List<Span> named(OtlpSink sink, String name) {
    return spans(sink).stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static List<ResourceSpans> resources(OtlpSink sink) {
    return sink.traces.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .toList();
  }

  private static List<Span> spans(OtlpSink sink) {
    return resources(sink).stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private static List<LogRecord> logs(OtlpSink sink) {
    return sink.logs.stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }
}
