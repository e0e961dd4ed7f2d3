package io.millrace.benchmarks.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A seeded stream of requests of all signals: several resources and scopes, attributes of every
 * type from a small vocabulary that the configurations of {@code benchmarks/peers} speak of, traces
 * of several spans in several requests. Every record is unique. Confined to one thread.
 */
final class PeerTraffic {
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;
  private static final int TRACES_AT_ONCE = 40;
  private static final String[] SERVICES = {"checkout", "payment", "inventory", "front-end"};
  private static final String[] NAMES = {
    "GET /api/v1/carts/{id}", "POST /api/v1/orders", "SELECT shop.orders", "auth login", "job"
  };
  private static final String[] BODIES = {
    "user 4711 signed in", "payment of 12.50 EUR failed", "cache miss", "größe: 名前", ""
  };
  private static final String[] TRACE_STATES = {
    "", "", "", "vendor=1", "ot=th:8", "ot=th:c;rv:9b8233f7e3a151,vendor=2", "ot=rv:ef7bb04a2f5d3e"
  };

  private final Random random;
  private final ByteString[] traceIds = new ByteString[TRACES_AT_ONCE];
  private final PeerAttributes attributes;
  private final PeerMetrics metrics;
  private long records;

  PeerTraffic(long seed) {
    random = new Random(seed);
    attributes = new PeerAttributes(random);
    metrics = new PeerMetrics(random, this::nextRecord);
    for (int i = 0; i < TRACES_AT_ONCE; i++) {
      traceIds[i] = randomBytes(16);
    }
  }

  /** Returns the next request of traces, metrics or logs. */
  Message next(Signal signal) {
    return switch (signal) {
      case TRACES -> {
        var request = ExportTraceServiceRequest.newBuilder();
        times(1 + random.nextInt(3), this::resourceSpans).forEach(request::addResourceSpans);
        yield request.build();
      }
      case METRICS -> {
        var request = ExportMetricsServiceRequest.newBuilder();
        times(1 + random.nextInt(3), this::resourceMetrics).forEach(request::addResourceMetrics);
        yield request.build();
      }
      case LOGS -> {
        var request = ExportLogsServiceRequest.newBuilder();
        times(1 + random.nextInt(3), this::resourceLogs).forEach(request::addResourceLogs);
        yield request.build();
      }
      case PROFILES -> throw new IllegalArgumentException("signal: profiles (expected: another)");
    };
  }

  private ResourceSpans resourceSpans() {
    ResourceSpans.Builder spans = ResourceSpans.newBuilder().setResource(resource());
    for (int i = random.nextInt(3); i >= 0; i--) {
      ScopeSpans.Builder scope = spans.addScopeSpansBuilder().setScope(scope());
      times(random.nextInt(6), this::span).forEach(scope::addSpans);
    }
    return spans.build();
  }

  private ResourceMetrics resourceMetrics() {
    ResourceMetrics.Builder points = ResourceMetrics.newBuilder().setResource(resource());
    for (int i = random.nextInt(2); i >= 0; i--) {
      ScopeMetrics.Builder scope = points.addScopeMetricsBuilder().setScope(scope());
      times(random.nextInt(4), metrics::metric).forEach(scope::addMetrics);
    }
    return points.build();
  }

  private ResourceLogs resourceLogs() {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder().setResource(resource());
    for (int i = random.nextInt(3); i >= 0; i--) {
      ScopeLogs.Builder scope = logs.addScopeLogsBuilder().setScope(scope());
      times(random.nextInt(6), this::logRecord).forEach(scope::addLogRecords);
    }
    return logs.build();
  }

  private Resource resource() {
    return Resource.newBuilder()
        .addAttributes(text("service.name", pick(SERVICES)))
        .addAttributes(text("host.name", "node-" + random.nextInt(5)))
        .addAllAttributes(attributes.some())
        .build();
  }

  private InstrumentationScope scope() {
    return InstrumentationScope.newBuilder()
        .setName(random.nextBoolean() ? "io.opentelemetry.tomcat-10.0" : "custom")
        .setVersion(random.nextBoolean() ? "1.2.3" : "")
        .build();
  }

  private Span span() {
    long start = START_UNIX_NANO + random.nextInt(1_000_000);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId())
            .setSpanId(nextRecordId())
            .setTraceState(pick(TRACE_STATES))
            .setFlags(random.nextInt(2))
            .setName(pick(NAMES))
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextLong(2_000_000_000L))
            .addAllAttributes(attributes.some())
            .setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)));
    if (random.nextInt(4) > 0) {
      span.setParentSpanId(randomBytes(8));
    }
    if (random.nextInt(4) == 0) {
      span.addEventsBuilder().setName("exception").addAllAttributes(attributes.some());
    }
    return span.build();
  }

  private LogRecord logRecord() {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(START_UNIX_NANO + nextRecord())
            .setSeverityNumber(SeverityNumber.forNumber(random.nextInt(25)))
            .setSeverityText(random.nextBoolean() ? "INFO" : "")
            .setBody(AnyValue.newBuilder().setStringValue(pick(BODIES)))
            .addAllAttributes(attributes.some());
    if (random.nextBoolean()) {
      log.setTraceId(traceId()).setSpanId(randomBytes(8));
    }
    return log.build();
  }

  /** Mostly one of the traces under way; now and then one of them gives way to a new one. */
  private ByteString traceId() {
    int at = random.nextInt(TRACES_AT_ONCE);
    if (random.nextInt(8) == 0) {
      traceIds[at] = randomBytes(16);
    }
    return traceIds[at];
  }

  private ByteString nextRecordId() {
    byte[] id = new byte[8];
    long number = nextRecord();
    for (int i = 7; i >= 0; i--) {
      id[i] = (byte) number;
      number >>>= 8;
    }
    return ByteString.copyFrom(id);
  }

  private long nextRecord() {
    return ++records;
  }

  private ByteString randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static <T> List<T> times(int count, Supplier<T> make) {
    return Stream.generate(make).limit(count).toList();
  }
}
