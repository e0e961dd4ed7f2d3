package io.millrace.pdata;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as the list of its items, each with everything around it: what stays the same however
 * the items are grouped.
 */
public final class Flattened {
  private Flattened() {}

  /**
   * Returns for each item, in order, the path to it: request, resource, scope, of metrics also
   * metric and data, each without its children, and then the item. A message without children ends
   * its path.
   */
  public static List<List<Message>> parse(Signal signal, byte[] bytes)
      throws InvalidProtocolBufferException {
    Message request = RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes);
    List<List<Message>> paths = new ArrayList<>();
    flatten(request, List.of(), paths);
    return paths;
  }

  private static void flatten(Message message, List<Message> outer, List<List<Message>> paths) {
    List<Message> path = new ArrayList<>(outer);
    Optional<FieldDescriptor> children = children(message);
    if (children.isEmpty()) {
      path.add(message);
      paths.add(path);
      return;
    }
    FieldDescriptor field = children.get();
    path.add(message.toBuilder().clearField(field).build());
    if (!field.isRepeated()) {
      flatten((Message) message.getField(field), path, paths);
      return;
    }
    for (Object child : (List<?>) message.getField(field)) {
      flatten((Message) child, path, paths);
    }
  }

  private static Optional<FieldDescriptor> children(Message message) {
    return message.getAllFields().keySet().stream()
        .filter(f -> f.getName().matches(childName(message.getDescriptorForType().getName())))
        .findFirst();
  }

  private static String childName(String message) {
    return switch (message) {
      case "ExportTraceServiceRequest", "ExportMetricsServiceRequest", "ExportLogsServiceRequest" ->
          "resource_.*";
      case "ResourceSpans", "ResourceMetrics", "ResourceLogs" -> "scope_.*";
      case "ScopeSpans", "ScopeMetrics", "ScopeLogs" -> "spans|metrics|log_records";
      case "Metric" -> "gauge|sum|histogram|exponential_histogram|summary";
      case "Gauge", "Sum", "Histogram", "ExponentialHistogram", "Summary" -> "data_points";
      default -> "";
    };
  }
}
