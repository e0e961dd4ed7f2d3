package io.millrace.exporter.prometheusremotewrite;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/** Counters of an HTTP server as an SDK sends them: four attributes a point. */
final class MetricPoints {
  static final int METRICS = 10;
  static final int POINTS_EACH = 100;
  static final int POINTS = METRICS * POINTS_EACH;

  private static final long TIME_UNIX_NANO = 1_700_000_000_000_000_000L;
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};

  private MetricPoints() {}

  static ExportMetricsServiceRequest request() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var resource = request.addResourceMetricsBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(attribute("service.name", "checkout"))
        .addAttributes(attribute("service.namespace", "shop"))
        .addAttributes(attribute("service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09"))
        .addAttributes(attribute("host.name", "ip-10-0-3-17"))
        .addAttributes(attribute("telemetry.sdk.language", "java"));
    ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder();
    scope.getScopeBuilder().setName("io.opentelemetry.tomcat-10.0").setVersion("2.9.0-alpha");
    for (int i = 0; i < METRICS; i++) {
      scope.addMetricsBuilder().setName("http.server.requests." + i).setSum(sum(i));
    }
    return request.build();
  }

  private static Sum.Builder sum(int metric) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < POINTS_EACH; i++) {
      sum.addDataPointsBuilder()
          .setStartTimeUnixNano(TIME_UNIX_NANO - 60_000_000_000L)
          .setTimeUnixNano(TIME_UNIX_NANO)
          .setAsInt(1000L * metric + i)
          .addAttributes(attribute("http.request.method", METHODS[i % METHODS.length]))
          .addAttributes(attribute("http.route", "/api/v1/orders/{id}/items/" + i / 4))
          .addAttributes(number("http.response.status_code", 200))
          .addAttributes(attribute("server.address", "checkout.shop.svc.cluster.local"));
    }
    return sum;
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
