package io.millrace.benchmarks.peers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came out, as text: a line per span, log record or data point that holds all there is to know
 * of it, its resource and scope included. How records were batched, and in which order attributes
 * and records stand, does not show. Thread safe.
 */
final class Records {
  private final Map<Signal, Map<String, Integer>> lines = new EnumMap<>(Signal.class);

  /**
   * Notes every record of an export request.
   *
   * @throws InvalidProtocolBufferException when it is none
   */
  synchronized void add(Signal signal, byte[] request) throws InvalidProtocolBufferException {
    Message message =
        switch (signal) {
          case TRACES -> ExportTraceServiceRequest.parseFrom(request);
          case METRICS -> ExportMetricsServiceRequest.parseFrom(request);
          case LOGS -> ExportLogsServiceRequest.parseFrom(request);
          case PROFILES -> throw new InvalidProtocolBufferException("profiles are not compared");
        };
    Map<String, Integer> known = lines.computeIfAbsent(signal, s -> new TreeMap<>());
    List<String> found = new ArrayList<>();
    flatten(message, "", found);
    found.forEach(line -> known.merge(line, 1, Integer::sum));
  }

  /** Returns each record with the number of times it came. */
  synchronized Map<String, Integer> of(Signal signal) {
    return Map.copyOf(lines.getOrDefault(signal, Map.of()));
  }

  /** Returns how many records came, repeated ones included. */
  int count(Signal signal) {
    return of(signal).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns a line for every record that is not equally often in both, with who has it. */
  static List<String> differences(
      String who, Map<String, Integer> ones, String whoElse, Map<String, Integer> others) {
    Map<String, String> found = new TreeMap<>();
    ones.forEach((line, times) -> {
      if (!times.equals(others.get(line))) {
        found.put(line, "  " + who + " " + times + "x: " + line);
      }
    });
    others.forEach((line, times) -> {
      if (!times.equals(ones.get(line))) {
        found.merge(line, "  " + whoElse + " " + times + "x: " + line, (a, b) -> a + "\n" + b);
      }
    });
    return List.copyOf(found.values());
  }

  /**
   * Walks down the lists of messages that lead to the records; whatever stands beside such a list
   * is part of every line below it.
   */
  private static void flatten(Message message, String around, List<String> found) {
    FieldDescriptor below = below(message);
    if (below == null) {
      found.add(around + Canonical.text(message));
      return;
    }
    Message.Builder rest = message.toBuilder().clearField(below);
    String here = around + Canonical.text(rest.build()) + " | ";
    Object value = message.getField(below);
    if (value instanceof List<?> list) {
      list.forEach(element -> flatten((Message) element, here, found));
    } else {
      flatten((Message) value, here + below.getName() + " ", found);
    }
  }

  private static @Nullable FieldDescriptor below(Message message) {
    return switch (message.getDescriptorForType().getName()) {
      case "ExportTraceServiceRequest" -> field(message, "resource_spans");
      case "ExportMetricsServiceRequest" -> field(message, "resource_metrics");
      case "ExportLogsServiceRequest" -> field(message, "resource_logs");
      case "ResourceSpans" -> field(message, "scope_spans");
      case "ResourceMetrics" -> field(message, "scope_metrics");
      case "ResourceLogs" -> field(message, "scope_logs");
      case "ScopeSpans" -> field(message, "spans");
      case "ScopeMetrics" -> field(message, "metrics");
      case "ScopeLogs" -> field(message, "log_records");
      case "Metric" ->
          message.getOneofFieldDescriptor(
              message.getDescriptorForType().getRealOneofs().getFirst());
      case "Gauge", "Sum", "Histogram", "ExponentialHistogram", "Summary" ->
          field(message, "data_points");
      default -> null;
    };
  }

  private static FieldDescriptor field(Message message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }
}
