package io.millrace.exporter.prometheusremotewrite;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * The same translation as a collector on objects does it, for the counters of {@link MetricPoints}:
 * parsed by protobuf-java, label sets in maps, names remembered, sizes first and then written by
 * protobuf-java's own stream, as generated classes do.
 */
final class ProtobufTwin {
  /** A series with its one sample. */
  record TimeSeries(Map<String, String> labels, double value, long timestamp) {}

  private final Map<String, String> labelNames = new HashMap<>();
  private final Map<String, String> metricNames = new HashMap<>();

  byte[] translate(byte[] otlp) throws IOException {
    return Snappy.compress(encode(series(otlp)));
  }

  private List<TimeSeries> series(byte[] otlp) throws InvalidProtocolBufferException {
    List<TimeSeries> all = new ArrayList<>();
    ExportMetricsServiceRequest metrics = ExportMetricsServiceRequest.parseFrom(otlp);
    for (ResourceMetrics resource : metrics.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          String name = metricNames.computeIfAbsent(metric.getName(), n -> escape(n) + "_total");
          for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
            all.add(series(name, resource.getResource(), scope.getScope(), point));
          }
        }
      }
    }
    return all;
  }

  private TimeSeries series(
      String name, Resource resource, InstrumentationScope scope, NumberDataPoint point) {
    TreeMap<String, String> labels = new TreeMap<>();
    for (KeyValue attribute : point.getAttributesList()) {
      String label = labelNames.computeIfAbsent(attribute.getKey(), ProtobufTwin::escape);
      labels.put(label, text(attribute.getValue()));
    }
    labels.put("job", find(resource, "service.namespace") + "/" + find(resource, "service.name"));
    labels.put("instance", find(resource, "service.instance.id"));
    labels.put("otel_scope_name", scope.getName());
    labels.put("otel_scope_version", scope.getVersion());
    labels.put("__name__", name);
    return new TimeSeries(labels, point.getAsInt(), point.getTimeUnixNano() / 1_000_000);
  }

  private static String find(Resource resource, String key) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals(key)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private static String escape(String name) {
    return name.replaceAll("[^a-zA-Z0-9]", "_");
  }

  private static byte[] encode(List<TimeSeries> all) throws IOException {
    int size = 0;
    for (TimeSeries series : all) {
      size += messageSize(seriesSize(series));
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (TimeSeries series : all) {
      startMessage(out, 1, seriesSize(series));
      for (Map.Entry<String, String> label : series.labels().entrySet()) {
        startMessage(out, 1, labelSize(label));
        out.writeString(1, label.getKey());
        out.writeString(2, label.getValue());
      }
      startMessage(out, 2, sampleSize(series));
      if (series.value() != 0) {
        out.writeDouble(1, series.value());
      }
      out.writeInt64(2, series.timestamp());
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  private static void startMessage(CodedOutputStream out, int field, int size) throws IOException {
    out.writeTag(field, 2);
    out.writeUInt32NoTag(size);
  }

  private static int seriesSize(TimeSeries series) {
    int size = messageSize(sampleSize(series));
    for (Map.Entry<String, String> label : series.labels().entrySet()) {
      size += messageSize(labelSize(label));
    }
    return size;
  }

  private static int labelSize(Map.Entry<String, String> label) {
    return CodedOutputStream.computeStringSize(1, label.getKey())
        + CodedOutputStream.computeStringSize(2, label.getValue());
  }

  private static int sampleSize(TimeSeries series) {
    return (series.value() == 0 ? 0 : CodedOutputStream.computeDoubleSize(1, series.value()))
        + CodedOutputStream.computeInt64Size(2, series.timestamp());
  }

  /** Size of a message with tag and length. */
  private static int messageSize(int content) {
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(content) + content;
  }
}
