package io.millrace.benchmarks.peers;

import static io.millrace.benchmarks.peers.BackendAttributes.text;
import static io.millrace.benchmarks.peers.BackendAttributes.whole;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * Log records that a translation easily gets wrong: services that are named by something else, keys
 * that meet under one name or need another, maps within maps, bodies of every type, records that
 * lack something. Stateless.
 */
final class BackendOddLogs {
  private BackendOddLogs() {}

  /** Returns records around {@code nanos}, each of its own time. */
  static List<ResourceLogs> at(long nanos) {
    List<List<KeyValue>> resources =
        List.of(
            List.of(whole("service.name", 7), text("cloud.region", "")),
            List.of(text("container.name", "web"), text("k8s.job.name", "nightly")),
            List.of(text("k8s.job.name", "nightly"), text("k8s.container.name", "task")),
            List.of(
                text("service.name", "odd \"quoted\" \\ größe\n"),
                BackendAttributes.of(
                    "deployment.environment", map(text("tier", "gold"), whole("shard", 3))),
                text("a.b", "1"),
                text("a_b", "2"),
                text("app", "no label here"),
                BackendAttributes.of(
                    "nested",
                    map(BackendAttributes.of("deep.er", map(text("x", "y"))), text("", "no key")))),
            List.of());
    List<ResourceLogs> logs = new ArrayList<>();
    for (List<KeyValue> resource : resources) {
      logs.add(resource(resource, nanos + 1_000_000L * logs.size()));
    }
    return logs;
  }

  private static ResourceLogs resource(List<KeyValue> attributes, long nanos) {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder();
    logs.getResourceBuilder().addAllAttributes(attributes).setDroppedAttributesCount(2);
    ScopeLogs.Builder scope = logs.addScopeLogsBuilder();
    scope
        .getScopeBuilder()
        .setName("odd")
        .addAttributes(text("scope.key", "x"))
        .addAttributes(text("severity_text", "of the scope"))
        .setDroppedAttributesCount(1);
    List<AnyValue.Builder> bodies = bodies();
    for (int i = 0; i < bodies.size(); i++) {
      scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(nanos + i).setBody(bodies.get(i)));
    }
    long after = nanos + bodies.size();
    scope.addLogRecords(LogRecord.newBuilder().setObservedTimeUnixNano(after));
    scope.addLogRecords(labelled(after + 1)).addLogRecords(ofASpan(after + 2));
    return logs.build();
  }

  private static List<AnyValue.Builder> bodies() {
    AnyValue.Builder list = AnyValue.newBuilder();
    list.getArrayValueBuilder().addValues(AnyValue.newBuilder().setDoubleValue(1e21));
    list.getArrayValueBuilder().addValues(AnyValue.newBuilder().setStringValue("<a & \"b\">"));
    list.getArrayValueBuilder().addValues(AnyValue.newBuilder());
    ByteString bytes = ByteString.copyFrom(new byte[] {0, 1, (byte) 0xff});
    return List.of(
        AnyValue.newBuilder().setStringValue(" spaces, a tab\tand \u2028 kept "),
        AnyValue.newBuilder().setBoolValue(true),
        AnyValue.newBuilder().setDoubleValue(1e-7),
        AnyValue.newBuilder().setIntValue(Long.MIN_VALUE),
        AnyValue.newBuilder().setBytesValue(bytes),
        list,
        map(whole("z", 1), text("a", "größe"), BackendAttributes.of("inner", list.clone())));
  }

  private static LogRecord.Builder labelled(long nanos) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos)
        .setObservedTimeUnixNano(nanos)
        .setSeverityText("fatal")
        .setBody(AnyValue.newBuilder().setStringValue("level=debug keys"))
        .setDroppedAttributesCount(3)
        .setFlags(0x101)
        .addAttributes(text("1st", "digit"))
        .addAttributes(text("_hidden", "one underscore"))
        .addAttributes(text("__two__", "two underscores"))
        .addAttributes(text("a..b", "1"))
        .addAttributes(text("a--b", "2"))
        .addAttributes(text("größe", "XL"))
        .addAttributes(text("with space/slash", "x"))
        .addAttributes(text("empty", ""))
        .addAttributes(BackendAttributes.of("nothing", AnyValue.newBuilder()))
        .addAttributes(BackendAttributes.of("list", bodies().get(5)))
        .addAttributes(BackendAttributes.of("map", bodies().get(6)))
        .addAttributes(text("trace_id", "an attribute of that name"));
  }

  /** Without the name of an event: Loki 3.7 drops it, later ones and Millrace keep it. */
  private static LogRecord.Builder ofASpan(long nanos) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_FATAL4)
        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .setBody(AnyValue.newBuilder().setStringValue("a span's"))
        .addAttributes(text("event_name", "is an attribute"));
  }

  private static AnyValue.Builder map(KeyValue... entries) {
    AnyValue.Builder map = AnyValue.newBuilder();
    map.getKvlistValueBuilder().addAllValues(List.of(entries));
    return map;
  }
}
