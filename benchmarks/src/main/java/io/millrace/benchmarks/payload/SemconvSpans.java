package io.millrace.benchmarks.payload;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * HTTP server spans as a Java agent makes them, under the names of the semantic conventions: 64 to
 * a scope, two scopes to a resource. Immutable.
 */
final class SemconvSpans {
  private static final int SPANS_PER_SCOPE = 64;
  private static final int SCOPES_PER_RESOURCE = 2;
  private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.37.0";
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;
  private static final String[] SERVICES = {"checkout", "inventory", "payment", "recommendation"};
  private static final String[] SCOPES = {
    "io.opentelemetry.tomcat-10.0", "io.opentelemetry.spring-webmvc-6.0"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final String[] ROUTES = {
    "/api/v1/carts/{cartId}/items",
    "/api/v1/customers/{customerId}/orders",
    "/api/v1/products/{productId}",
    "/api/v1/payments/{paymentId}/capture"
  };
  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private SemconvSpans() {}

  static ExportTraceServiceRequest request(int items, SpanNumbers numbers) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(items);
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    int spansPerResource = SPANS_PER_SCOPE * SCOPES_PER_RESOURCE;
    for (int first = 0; first < items; first += spansPerResource) {
      int end = Math.min(first + spansPerResource, items);
      request.addResourceSpans(resourceSpans(first, end, numbers, random));
    }
    return request.build();
  }

  private static ResourceSpans resourceSpans(
      int first, int end, SpanNumbers numbers, RandomGenerator random) {
    int resource = first / (SPANS_PER_SCOPE * SCOPES_PER_RESOURCE);
    ResourceSpans.Builder spans =
        ResourceSpans.newBuilder()
            .setResource(resource(SERVICES[resource % SERVICES.length]))
            .setSchemaUrl(SCHEMA_URL);
    for (int from = first; from < end; from += SPANS_PER_SCOPE) {
      ScopeSpans.Builder scope = spans.addScopeSpansBuilder().setScope(scope(from));
      for (int i = from; i < Math.min(from + SPANS_PER_SCOPE, end); i++) {
        scope.addSpans(span(i, numbers, random));
      }
    }
    return spans.build();
  }

  private static Resource resource(String service) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", service))
        .addAttributes(text("service.namespace", "shop"))
        .addAttributes(text("service.version", "2.14.1"))
        .addAttributes(text("service.instance.id", "5e1fbc9a-7c62-4ad3-94f6-31cf4cf8a1b2"))
        .addAttributes(text("deployment.environment.name", "production"))
        .addAttributes(text("host.name", "node-17.eu-central-1.compute.internal"))
        .addAttributes(text("k8s.pod.name", service + "-6d5f9c7b8d-x2k4q"))
        .addAttributes(text("k8s.namespace.name", "shop"))
        .addAttributes(number("process.pid", 1))
        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
        .addAttributes(text("telemetry.sdk.language", "java"))
        .addAttributes(text("telemetry.sdk.version", "1.54.0"))
        .build();
  }

  private static InstrumentationScope scope(int firstSpan) {
    return InstrumentationScope.newBuilder()
        .setName(SCOPES[firstSpan / SPANS_PER_SCOPE % SCOPES.length])
        .setVersion("2.20.1-alpha")
        .build();
  }

  private static Span span(int index, SpanNumbers numbers, RandomGenerator random) {
    String method = METHODS[random.nextInt(METHODS.length)];
    String route = ROUTES[random.nextInt(ROUTES.length)];
    int status = random.nextInt(20) == 0 ? 500 : 200;
    long start = START_UNIX_NANO + index * 1_000_000L;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(numbers.traceIdBytes(index))
            .setSpanId(numbers.spanIdBytes(index))
            .setParentSpanId(numbers.parentSpanIdBytes(index))
            .setFlags(0x101)
            .setName(method + " " + route)
            .setKind(SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextLong(50_000_000));
    addAttributes(span, method, route, status, random);
    if (status == 500) {
      span.setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR));
    }
    return span.build();
  }

  private static void addAttributes(
      Span.Builder span, String method, String route, int status, RandomGenerator random) {
    String id = Long.toHexString(random.nextLong(1L << 40, 1L << 44));
    span.addAttributes(text("http.request.method", method))
        .addAttributes(text("http.route", route))
        .addAttributes(number("http.response.status_code", status))
        .addAttributes(text("url.scheme", "https"))
        .addAttributes(text("url.path", route.replaceAll("\\{\\w+}", id)))
        .addAttributes(text("server.address", "shop.example.com"))
        .addAttributes(number("server.port", 443))
        .addAttributes(text("client.address", "203.0.113." + random.nextInt(256)))
        .addAttributes(text("network.peer.address", "10.4.7." + random.nextInt(256)))
        .addAttributes(number("network.peer.port", random.nextInt(32_768, 61_000)))
        .addAttributes(text("network.protocol.version", "1.1"))
        .addAttributes(text("user_agent.original", USER_AGENT))
        .addAttributes(number("thread.id", random.nextInt(20, 220)))
        .addAttributes(text("thread.name", "http-nio-8080-exec-" + random.nextInt(1, 200)));
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
  }

  private static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value).build());
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
