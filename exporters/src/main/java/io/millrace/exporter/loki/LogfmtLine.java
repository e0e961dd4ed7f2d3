package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.wire.ByteAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A record as the former exporter's logfmt line: the pairs of a body that is a map or logfmt
 * itself, or {@code msg} and the body; then the record's fields, attributes, resource and scope.
 *
 * <p>Confined to one thread.
 */
final class LogfmtLine {
  /** Appends the line, without the attributes in {@code promoted} and without hints. */
  void append(
      ResourceView resource,
      ScopeView scope,
      LogRecordView record,
      Set<String> promoted,
      ByteAppender out) {
    List<LogfmtPair> pairs = new ArrayList<>();
    addBody(record.body(), pairs);
    replace("traceID", Ids.hex(record.traceId()), pairs);
    replace("spanID", Ids.hex(record.spanId()), pairs);
    replace("severity", record.severityText().utf8(), pairs);
    replace("flags", record.flags() == 0 ? "" : Integer.toUnsignedString(record.flags()), pairs);
    addAttributes("attribute_", record.attributes(), promoted, pairs);
    addAttributes("resource_", resource.attributes(), promoted, pairs);
    if (!scope.name().isEmpty()) {
      pairs.add(new LogfmtPair("instrumentation_scope_name", scope.name().utf8()));
      if (!scope.version().isEmpty()) {
        pairs.add(new LogfmtPair("instrumentation_scope_version", scope.version().utf8()));
      }
    }
    StringBuilder line = new StringBuilder();
    pairs.forEach(pair -> pair.appendTo(line));
    out.put(line.toString().getBytes(UTF_8));
  }

  private static void addBody(AnyValueView body, List<LogfmtPair> pairs) {
    switch (body.kind()) {
      case NOT_SET -> {}
      case STRING -> {
        String text = body.stringValue().utf8();
        List<LogfmtPair> parsed = LogfmtPair.parse(text);
        pairs.addAll(parsed.isEmpty() ? List.of(new LogfmtPair("msg", text)) : parsed);
      }
      case KVLIST -> add("", body, pairs);
      case ARRAY -> add("body", body, pairs);
      default -> add("msg", body, pairs);
    }
  }

  private static void addAttributes(
      String prefix, RangeCursor attributes, Set<String> promoted, List<LogfmtPair> pairs) {
    AttributeView attribute = new AttributeView();
    while (attributes.next(attribute)) {
      String key = attribute.key().utf8();
      if (!Hints.isHint(attribute.key()) && !promoted.contains(key)) {
        add(prefix + key, attribute.value(), pairs);
      }
    }
  }

  /** Lists and maps become a pair for each of their values. */
  private static void add(String key, AnyValueView value, List<LogfmtPair> pairs) {
    String prefix = key.isEmpty() ? "" : key + "_";
    switch (value.kind()) {
      case NOT_SET -> {}
      case KVLIST -> {
        RangeCursor entries = value.kvlistValue();
        AttributeView entry = new AttributeView();
        while (entries.next(entry)) {
          add(prefix + entry.key().utf8(), entry.value(), pairs);
        }
      }
      case ARRAY -> {
        RangeCursor elements = value.arrayValue();
        AnyValueView element = new AnyValueView();
        for (int i = 0; elements.next(element); i++) {
          add(prefix + i, element, pairs);
        }
      }
      default -> pairs.add(new LogfmtPair(key, AnyValueText.of(value)));
    }
  }

  private static void replace(String key, String value, List<LogfmtPair> pairs) {
    if (value.isEmpty()) {
      return;
    }
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).key().equals(key)) {
        pairs.set(i, new LogfmtPair(key, value));
        return;
      }
    }
    pairs.add(new LogfmtPair(key, value));
  }
}
