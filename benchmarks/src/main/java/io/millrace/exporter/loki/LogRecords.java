package io.millrace.exporter.loki;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

/** Records of an HTTP server as an SDK sends them: a body of 100 bytes and three attributes. */
final class LogRecords {
  static final int RECORDS = 1000;

  private static final long TIME_UNIX_NANO = 1_700_000_000_000_000_000L;
  private static final int BODY_BYTES = 100;

  private LogRecords() {}

  static ExportLogsServiceRequest request() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var resource = request.addResourceLogsBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(attribute("service.name", "checkout"))
        .addAttributes(attribute("service.namespace", "shop"))
        .addAttributes(attribute("host.name", "ip-10-0-3-17"))
        .addAttributes(attribute("telemetry.sdk.language", "java"));
    ScopeLogs.Builder scope = resource.addScopeLogsBuilder();
    scope.getScopeBuilder().setName("io.shop.cart").setVersion("2.9.0");
    for (int i = 0; i < RECORDS; i++) {
      scope.addLogRecords(record(i));
    }
    return request.build();
  }

  private static LogRecord record(int i) {
    String body = "cart " + i + " of customer " + i * 7919 + " updated, reserving ";
    return LogRecord.newBuilder()
        .setTimeUnixNano(TIME_UNIX_NANO + i * 1_000_003L)
        .setObservedTimeUnixNano(TIME_UNIX_NANO + i * 1_000_003L + 500)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(
            text(body + "articles ".repeat(BODY_BYTES).substring(0, BODY_BYTES - body.length())))
        .addAttributes(attribute("http.route", "/api/v1/orders/{id}/items/" + i / 4))
        .addAttributes(attribute("thread.name", "worker-" + i % 8))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("http.response.status_code")
                .setValue(AnyValue.newBuilder().setIntValue(200)))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }
}
