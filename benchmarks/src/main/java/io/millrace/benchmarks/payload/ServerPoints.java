package io.millrace.benchmarks.payload;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/**
 * Counters of four services, sixteen to a metric, with four attributes each. A point has its number
 * as its value. Every {@value #SENDERS}th request has the same series, later than the one before:
 * so many may be under way at once, and Prometheus wants those of a series in order. Stateless.
 */
final class ServerPoints {
  private static final int POINTS_PER_METRIC = 16;
  private static final int SERVICES = 4;
  private static final int SENDERS = 96;
  private static final long EIGHT_ZEROS = 0x3030_3030_3030_3030L;
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;
  private static final long MILLI_NANOS = 1_000_000L;
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};

  private ServerPoints() {}

  static ExportMetricsServiceRequest request(int items, SpanNumbers numbers) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    int pointsPerService = items / SERVICES;
    for (int service = 0; service < SERVICES; service++) {
      var resource = request.addResourceMetricsBuilder();
      resource.setResource(PayloadAttributes.service(service));
      ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder();
      scope.setScope(PayloadAttributes.scope());
      int first = service * pointsPerService;
      for (int i = 0; i < pointsPerService; i += POINTS_PER_METRIC) {
        scope
            .addMetricsBuilder()
            .setName("http.server.requests." + i / POINTS_PER_METRIC)
            .setUnit("{request}")
            .setSum(sum(first + i, numbers));
      }
    }
    return request.build();
  }

  private static Sum sum(int first, SpanNumbers numbers) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < POINTS_PER_METRIC; i++) {
      sum.addDataPoints(point(i, first + i, numbers));
    }
    return sum.build();
  }

  private static NumberDataPoint point(int inMetric, int index, SpanNumbers numbers) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(START_UNIX_NANO)
        .setTimeUnixNano(unixNanos(numbers))
        .setAsInt(numbers.number(index))
        .addAttributes(
            PayloadAttributes.text("http.request.method", METHODS[inMetric % METHODS.length]))
        .addAttributes(
            PayloadAttributes.text("http.route", "/api/v1/orders/{id}/items/" + inMetric / 4))
        .addAttributes(PayloadAttributes.whole("http.response.status_code", 200))
        .addAttributes(PayloadAttributes.text("server.address", address(numbers)))
        .build();
  }

  private static int sender(SpanNumbers numbers) {
    return (int) (numbers.first() / Payload.POINTS.items() % SENDERS);
  }

  private static String address(SpanNumbers numbers) {
    return "checkout-%08d.shop.svc.cluster.local".formatted(sender(numbers));
  }

  /** Returns the digits of the address as the number that their bytes are. */
  static long addressDigits(SpanNumbers numbers) {
    int sender = sender(numbers);
    return EIGHT_ZEROS + ((long) (sender / 10) << 48) + ((long) (sender % 10) << 56);
  }

  /** All points of a request have one time. */
  static long unixNanos(SpanNumbers numbers) {
    return START_UNIX_NANO + numbers.first() * MILLI_NANOS;
  }
}
