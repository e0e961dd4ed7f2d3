package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.wire.ByteAppender;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A record as the former exporter's JSON line; what is empty is left out.
 *
 * <pre>
 *   {"body":…,"traceid":…,"spanid":…,"severity":…,"flags":…,
 *    "attributes":{…},"resources":{…},"instrumentation_scope":{"name":…,"version":…}}
 * </pre>
 *
 * <p>Confined to one thread.
 */
final class JsonLine {
  private final AnyValueWriter writer = new AnyValueWriter();

  /** Appends the line, without the attributes in {@code promoted} and without hints. */
  void append(
      ResourceView resource,
      ScopeView scope,
      LogRecordView record,
      Set<String> promoted,
      ByteAppender out) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    AnyValueView body = record.body();
    if (body.kind() != AnyValueView.Kind.NOT_SET) {
      members.put("body", json(body));
    }
    putText(members, "traceid", Ids.hex(record.traceId()));
    putText(members, "spanid", Ids.hex(record.spanId()));
    putText(members, "severity", record.severityText().utf8());
    if (record.flags() != 0) {
      members.put("flags", Integer.toUnsignedString(record.flags()).getBytes(UTF_8));
    }
    putObject(members, "attributes", members(record.attributes(), promoted));
    putObject(members, "resources", members(resource.attributes(), promoted));
    putObject(members, "instrumentation_scope", scope(scope));
    out.put(object(members));
  }

  private Map<String, byte[]> scope(ScopeView scope) {
    Map<String, byte[]> members = new TreeMap<>();
    if (!scope.name().isEmpty()) {
      putText(members, "name", scope.name().utf8());
      putText(members, "version", scope.version().utf8());
    }
    return members;
  }

  private Map<String, byte[]> members(RangeCursor attributes, Set<String> promoted) {
    Map<String, byte[]> members = new TreeMap<>();
    AttributeView attribute = new AttributeView();
    while (attributes.next(attribute)) {
      String key = attribute.key().utf8();
      if (!Hints.isHint(attribute.key()) && !promoted.contains(key)) {
        members.put(key, json(attribute.value()));
      }
    }
    return members;
  }

  private void putText(Map<String, byte[]> members, String key, String text) {
    if (!text.isEmpty()) {
      members.put(key, json(text));
    }
  }

  private void putObject(Map<String, byte[]> members, String key, Map<String, byte[]> inner) {
    if (!inner.isEmpty()) {
      members.put(key, object(inner));
    }
  }

  private byte[] object(Map<String, byte[]> members) {
    ByteAppender out = new ByteAppender(256);
    out.put('{');
    members.forEach((key, value) -> {
      if (out.length() > 1) {
        out.put(',');
      }
      out.put(json(key));
      out.put(':');
      out.put(value);
    });
    out.put('}');
    return out.copy();
  }

  private byte[] json(AnyValueView value) {
    ByteAppender out = new ByteAppender(64);
    writer.appendJson(value, out);
    return out.copy();
  }

  private byte[] json(String text) {
    ByteAppender out = new ByteAppender(64);
    writer.appendJson(text.getBytes(UTF_8), out);
    return out.copy();
  }
}
