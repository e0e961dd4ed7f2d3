package io.millrace.exporter.loki;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * The same translation as a collector on objects does it, for {@link LogRecords}: parsed by
 * protobuf-java, pairs in lists, names remembered, sizes first, each once, and then written by
 * protobuf-java's own stream, as generated classes do.
 */
final class ProtobufTwin {
  /** A name and its value. */
  record Pair(String name, String value, int size) {
    Pair(String name, String value) {
      this(
          name,
          value,
          CodedOutputStream.computeStringSize(1, name)
              + CodedOutputStream.computeStringSize(2, value));
    }
  }

  /** An entry of a stream. */
  record Entry(Timestamp time, String line, List<Pair> metadata, int size) {
    Entry(Timestamp time, String line, List<Pair> metadata) {
      this(time, line, metadata, size(time, line, metadata));
    }

    private static int size(Timestamp time, String line, List<Pair> metadata) {
      int size =
          CodedOutputStream.computeMessageSize(1, time)
              + CodedOutputStream.computeStringSize(2, line);
      for (Pair pair : metadata) {
        size += messageSize(pair.size);
      }
      return size;
    }
  }

  /** A stream with its size. */
  private record Stream(String labels, List<Entry> entries, int size) {
    Stream(String labels, List<Entry> entries) {
      this(labels, entries, size(labels, entries));
    }

    private static int size(String labels, List<Entry> entries) {
      int size = CodedOutputStream.computeStringSize(1, labels);
      for (Entry entry : entries) {
        size += messageSize(entry.size);
      }
      return size;
    }
  }

  private static final Set<String> LABELS = Set.of("service.name", "service.namespace");

  private final Map<String, String> names = new HashMap<>();

  byte[] translate(byte[] otlp) throws IOException {
    Map<String, List<Entry>> streams = new TreeMap<>();
    for (ResourceLogs resource : ExportLogsServiceRequest.parseFrom(otlp).getResourceLogsList()) {
      TreeMap<String, String> labels = new TreeMap<>();
      List<Pair> shared = new ArrayList<>();
      for (KeyValue attribute : resource.getResource().getAttributesList()) {
        Pair pair = pair(attribute);
        if (LABELS.contains(attribute.getKey())) {
          labels.put(pair.name(), pair.value());
        } else {
          shared.add(pair);
        }
      }
      List<Entry> entries = streams.computeIfAbsent(text(labels), name -> new ArrayList<>());
      resource.getScopeLogsList().forEach(scope -> add(scope, shared, entries));
    }
    return Snappy.compress(encode(streams));
  }

  private static String text(Map<String, String> labels) {
    List<String> texts = new ArrayList<>();
    labels.forEach((name, value) -> texts.add(name + "=\"" + value + "\""));
    return "{" + String.join(", ", texts) + "}";
  }

  private void add(ScopeLogs scope, List<Pair> ofResource, List<Entry> entries) {
    List<Pair> shared = new ArrayList<>(ofResource);
    shared.add(new Pair("scope_name", scope.getScope().getName()));
    shared.add(new Pair("scope_version", scope.getScope().getVersion()));
    for (LogRecord record : scope.getLogRecordsList()) {
      List<Pair> metadata = new ArrayList<>();
      record.getAttributesList().forEach(attribute -> metadata.add(pair(attribute)));
      metadata.add(new Pair("observed_timestamp", Long.toString(record.getObservedTimeUnixNano())));
      metadata.add(new Pair("severity_number", Integer.toString(record.getSeverityNumberValue())));
      metadata.add(new Pair("severity_text", record.getSeverityText()));
      metadata.addAll(shared);
      long time = record.getTimeUnixNano();
      Timestamp timestamp =
          Timestamp.newBuilder()
              .setSeconds(time / 1_000_000_000)
              .setNanos((int) (time % 1_000_000_000))
              .build();
      entries.add(new Entry(timestamp, record.getBody().getStringValue(), metadata));
    }
  }

  private Pair pair(KeyValue attribute) {
    String name =
        names.computeIfAbsent(attribute.getKey(), key -> key.replaceAll("[^a-zA-Z0-9]+", "_"));
    AnyValue value = attribute.getValue();
    return new Pair(
        name, value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue());
  }

  private static byte[] encode(Map<String, List<Entry>> entriesByLabels) throws IOException {
    List<Stream> streams = new ArrayList<>();
    int size = 0;
    for (Map.Entry<String, List<Entry>> entries : entriesByLabels.entrySet()) {
      Stream stream = new Stream(entries.getKey(), entries.getValue());
      streams.add(stream);
      size += messageSize(stream.size);
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (Stream stream : streams) {
      startMessage(out, 1, stream.size);
      out.writeString(1, stream.labels);
      for (Entry entry : stream.entries) {
        write(out, entry);
      }
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  private static void write(CodedOutputStream out, Entry entry) throws IOException {
    startMessage(out, 2, entry.size);
    out.writeMessage(1, entry.time());
    out.writeString(2, entry.line());
    for (Pair pair : entry.metadata()) {
      startMessage(out, 3, pair.size);
      out.writeString(1, pair.name());
      out.writeString(2, pair.value());
    }
  }

  private static void startMessage(CodedOutputStream out, int field, int size) throws IOException {
    out.writeTag(field, 2);
    out.writeUInt32NoTag(size);
  }

  /** Size of a message with tag and length. */
  private static int messageSize(int content) {
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(content) + content;
  }
}
