package io.millrace.benchmarks.peers;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;

/**
 * Log records of a few services, with what a backend has to find a place for: resource attributes
 * that become labels and others, scope, severity, ids, attributes of every type, bodies that are no
 * text. Stateless.
 */
final class BackendLogs {
  private static final List<String> SERVICES = List.of("checkout", "payment", "front-end", "");
  private static final ByteString TRACE_ID = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
  private static final int RECORDS = 20;

  private BackendLogs() {}

  /** Returns records of the second before {@code unixSeconds}, each of its own time. */
  static ExportLogsServiceRequest before(long unixSeconds) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    long nanos = (unixSeconds - 1) * 1_000_000_000L;
    for (String service : SERVICES) {
      request.addResourceLogs(service(service, nanos));
    }
    request.addAllResourceLogs(BackendOddLogs.at(nanos - 1_000_000_000L));
    return request.build();
  }

  private static ResourceLogs service(String name, long nanos) {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder();
    var resource = logs.getResourceBuilder();
    if (!name.isEmpty()) {
      resource
          .addAttributes(BackendAttributes.text("service.name", name))
          .addAttributes(BackendAttributes.text("service.namespace", "shop"));
    }
    resource
        .addAttributes(BackendAttributes.text("k8s.namespace.name", "prod"))
        .addAttributes(BackendAttributes.text("host.name", "node-1"))
        .addAttributes(BackendAttributes.whole("process.pid", 4711));
    for (int scope = 0; scope < 2; scope++) {
      ScopeLogs.Builder records = logs.addScopeLogsBuilder();
      if (scope > 0) {
        records.getScopeBuilder().setName("io.opentelemetry.log").setVersion("1.2");
      }
      for (int i = 0; i < RECORDS; i++) {
        records.addLogRecords(record(nanos + 1_000_000L * (2 * i + scope), i));
      }
    }
    return logs.build();
  }

  private static LogRecord record(long nanos, int index) {
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(nanos)
            .setObservedTimeUnixNano(nanos + 1_000)
            .setSeverityNumber(SeverityNumber.forNumber(index % 25))
            .setBody(body(index))
            .addAttributes(BackendAttributes.text("user.id", "u-" + index))
            .addAttributes(BackendAttributes.whole("http.status_code", 200 + index))
            .addAttributes(BackendAttributes.of("ratio", number(index / 4.0)))
            .addAttributes(BackendAttributes.of("cached", truth(index % 2 == 0)));
    if (index % 3 == 0) {
      record.setSeverityText("Warning");
    }
    if (index % 4 == 0) {
      record.setTraceId(TRACE_ID).setSpanId(TRACE_ID.substring(0, 8)).setFlags(1);
    }
    return record.build();
  }

  private static AnyValue.Builder body(int index) {
    AnyValue.Builder body = AnyValue.newBuilder();
    switch (index % 5) {
      case 0 -> body.getKvlistValueBuilder().addValues(BackendAttributes.whole("items", index));
      case 1 -> body.setIntValue(index);
      default -> body.setStringValue("order " + index + " of größe \"XL\" failed\n  at line 2");
    }
    return body;
  }

  private static AnyValue.Builder number(double value) {
    return AnyValue.newBuilder().setDoubleValue(value);
  }

  private static AnyValue.Builder truth(boolean value) {
    return AnyValue.newBuilder().setBoolValue(value);
  }
}
