package io.millrace.exporter.loki;

import com.google.protobuf.Message;
import io.millrace.component.Clock;
import io.millrace.exporter.loki.FakeLoki.Entry;
import io.millrace.exporter.sending.TableSchema;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/** Translates without sending, and reads the result by protobuf-java. */
final class LokiTranslationFixture {
  static final long ARRIVAL = 1_800_000_000_000_000_001L;

  final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final BatchTranslation translation;

  LokiTranslationFixture(String yaml) {
    translation =
        new BatchTranslation(
            Configs.of("http://localhost:1/", yaml), new Rejections(host.context("loki")));
  }

  static KeyValue attribute(String key, String value) {
    return attribute(key, text(value));
  }

  static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  static AnyValue map(KeyValue... entries) {
    return AnyValue.newBuilder()
        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(entries)))
        .build();
  }

  static AnyValue array(AnyValue... values) {
    return AnyValue.newBuilder()
        .setArrayValue(ArrayValue.newBuilder().addAllValues(List.of(values)))
        .build();
  }

  static Resource resource(KeyValue... attributes) {
    return Resource.newBuilder().addAllAttributes(List.of(attributes)).build();
  }

  static LogRecord.Builder record(String body, KeyValue... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(1)
        .setBody(text(body))
        .addAllAttributes(List.of(attributes));
  }

  static ExportLogsServiceRequest request(Resource resource, LogRecord.Builder... records) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var scope = request.addResourceLogsBuilder().setResource(resource).addScopeLogsBuilder();
    for (LogRecord.Builder record : records) {
      scope.addLogRecords(record);
    }
    return request.build();
  }

  static OtlpBatch batch(ExportLogsServiceRequest request, RequestContext context) {
    byte[] bytes = request.toByteArray();
    int items =
        request.getResourceLogsList().stream()
            .flatMap(logs -> logs.getScopeLogsList().stream())
            .mapToInt(logs -> logs.getLogRecordsCount())
            .sum();
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        Signal.LOGS,
        items,
        new Arrival(0, ARRIVAL),
        context,
        Ack.of(settlement -> {}));
  }

  List<Push> pushes(ExportLogsServiceRequest request) {
    return translation.translate(batch(request, RequestContext.EMPTY), null);
  }

  /** Returns the entries by their labels, behind the tenant if there is one. */
  Map<String, List<Entry>> streams(ExportLogsServiceRequest request) {
    return streams(batch(request, RequestContext.EMPTY));
  }

  Map<String, List<Entry>> streams(OtlpBatch batch) {
    Map<String, List<Entry>> streams = new TreeMap<>();
    for (Push push : translation.translate(batch, null)) {
      for (Message stream : TableSchema.list(parse(push), "streams")) {
        String tenant = push.tenant().isEmpty() ? "" : push.tenant() + " ";
        streams
            .computeIfAbsent(
                tenant + TableSchema.field(stream, "labels"), labels -> new ArrayList<>())
            .addAll(FakeLoki.entriesOf(stream));
      }
    }
    return streams;
  }

  static Message parse(Push push) {
    return PushSchema.parse(uncompressed(push));
  }

  static byte[] uncompressed(Push push) {
    try {
      return Snappy.uncompress(push.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the only stream's labels. */
  String labels(ExportLogsServiceRequest request) {
    return one(request).getKey();
  }

  /** Returns the only entry. */
  Entry entry(ExportLogsServiceRequest request) {
    return one(request).getValue().getFirst();
  }

  private Map.Entry<String, List<Entry>> one(ExportLogsServiceRequest request) {
    Map<String, List<Entry>> streams = streams(request);
    if (streams.size() != 1) {
      throw new AssertionError("streams: " + streams + " (expected: one)");
    }
    return streams.entrySet().iterator().next();
  }

  long counter(String name, String key, String value) {
    return host.metrics().counter(name, "", "exporter", "loki", key, value).value();
  }
}
