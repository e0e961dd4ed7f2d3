package io.millrace.benchmarks.payload;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

/**
 * Log records of four services: a body of 100 bytes and three attributes. A record has its number
 * in the nanoseconds of its time. Stateless.
 */
final class ServerRecords {
  private static final int SERVICES = 4;
  private static final int BODY_BYTES = 100;

  private ServerRecords() {}

  static ExportLogsServiceRequest request(int items, SpanNumbers numbers) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    int recordsPerService = items / SERVICES;
    for (int service = 0; service < SERVICES; service++) {
      var resource = request.addResourceLogsBuilder();
      resource.setResource(PayloadAttributes.service(service));
      ScopeLogs.Builder scope = resource.addScopeLogsBuilder();
      scope.setScope(PayloadAttributes.scope());
      for (int i = 0; i < recordsPerService; i++) {
        scope.addLogRecords(record(service * recordsPerService + i, numbers));
      }
    }
    return request.build();
  }

  private static LogRecord record(int index, SpanNumbers numbers) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(unixNanos(numbers, index))
        .setObservedTimeUnixNano(Payload.RECORDS_START_UNIX_NANO)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(AnyValue.newBuilder().setStringValue(body(index)))
        .addAttributes(
            PayloadAttributes.text("http.route", "/api/v1/orders/{id}/items/" + index / 4))
        .addAttributes(PayloadAttributes.text("thread.name", "worker-" + index % 8))
        .addAttributes(PayloadAttributes.whole("http.response.status_code", 200))
        .build();
  }

  private static String body(int index) {
    String start = "cart " + index + " of customer " + index * 7919 + " updated, reserving ";
    return start + "articles ".repeat(BODY_BYTES).substring(0, BODY_BYTES - start.length());
  }

  static long unixNanos(SpanNumbers numbers, int index) {
    return Payload.RECORDS_START_UNIX_NANO + numbers.number(index);
  }
}
