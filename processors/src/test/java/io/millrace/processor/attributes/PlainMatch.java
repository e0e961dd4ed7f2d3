package io.millrace.processor.attributes;

import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.millrace.processor.actions.PlainActions;
import io.millrace.processor.actions.PlainText;
import io.millrace.processor.attributes.MatchConfig.Attribute;
import io.millrace.processor.attributes.MatchConfig.MatchType;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecordOrBuilder;
import io.opentelemetry.proto.metrics.v1.MetricOrBuilder;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.SpanOrBuilder;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Include and exclude done the obvious way, on objects; the oracle. Immutable. */
record PlainMatch(AttributesConfig config) {
  private static final List<String> KINDS =
      List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");

  boolean takes(MessageOrBuilder resource, MessageOrBuilder scope, MessageOrBuilder record) {
    MatchConfig include = config.include();
    MatchConfig exclude = config.exclude();
    return (include == null || matches(include, resource, scope, record))
        && !(exclude != null && matches(exclude, resource, scope, record));
  }

  private static boolean matches(
      MatchConfig match,
      MessageOrBuilder resource,
      MessageOrBuilder scope,
      MessageOrBuilder record) {
    List<KeyValue> resourceAttributes = ((Resource) first(resource)).getAttributesList();
    AnyValue service = find(resourceAttributes, "service.name");
    String serviceName = service == null ? "<nil-service-name>" : PlainText.of(service);
    return any(match, match.services(), serviceName)
        && all(match, match.resources(), resourceAttributes)
        && library(match, (InstrumentationScope) first(scope))
        && record(match, record);
  }

  private static Message first(MessageOrBuilder message) {
    return (Message) message.getField(message.getDescriptorForType().findFieldByNumber(1));
  }

  private static boolean library(MatchConfig match, InstrumentationScope scope) {
    return match.libraries().isEmpty()
        || match.libraries().stream()
            .anyMatch(library ->
                one(match, library.name(), scope.getName())
                    && (library.version() == null
                        || one(match, library.version(), scope.getVersion())));
  }

  private static boolean record(MatchConfig match, MessageOrBuilder record) {
    return switch (record) {
      case SpanOrBuilder span ->
          any(match, match.spanNames(), span.getName())
              && any(match, match.spanKinds(), kind(span.getKindValue()))
              && all(match, match.attributes(), span.getAttributesList());
      case LogRecordOrBuilder log ->
          any(match, match.logBodies(), PlainText.of(log.getBody()))
              && any(match, match.logSeverityTexts(), log.getSeverityText())
              && severity(match, log.getSeverityNumberValue())
              && all(match, match.attributes(), log.getAttributesList());
      case MetricOrBuilder metric -> any(match, match.metricNames(), metric.getName());
      default -> throw new IllegalArgumentException(record.toString());
    };
  }

  private static String kind(int kind) {
    return kind < 0 || kind >= KINDS.size() ? "" : "SPAN_KIND_" + KINDS.get(kind);
  }

  private static boolean severity(MatchConfig match, int severity) {
    return match.logSeverityNumber() == null
        || (severity == 0
            ? match.logSeverityNumber().matchUndefined()
            : severity >= match.logSeverityNumber().min());
  }

  private static boolean any(MatchConfig match, List<String> expected, String text) {
    return expected.isEmpty() || expected.stream().anyMatch(one -> one(match, one, text));
  }

  private static boolean one(MatchConfig match, String expected, String text) {
    return match.matchType() == MatchType.STRICT
        ? expected.equals(text)
        : Pattern.compile(expected).matcher(text).find();
  }

  private static boolean all(MatchConfig match, List<Attribute> expected, List<KeyValue> actual) {
    return expected.stream().allMatch(one -> attribute(match, one, find(actual, one.key())));
  }

  private static boolean attribute(
      MatchConfig match, Attribute expected, @Nullable AnyValue actual) {
    if (actual == null || expected.value() == null) {
      return actual != null;
    }
    if (match.matchType() == MatchType.STRICT) {
      return equal(PlainActions.value(expected.value()), actual);
    }
    return switch (actual.getValueCase()) {
      case STRING_VALUE, BOOL_VALUE, INT_VALUE ->
          one(match, (String) expected.value(), PlainText.of(actual));
      case DOUBLE_VALUE -> one(match, (String) expected.value(), plain(actual.getDoubleValue()));
      default -> false;
    };
  }

  private static String plain(double value) {
    if (!Double.isFinite(value)) {
      return PlainText.of(AnyValue.newBuilder().setDoubleValue(value).build())
          .replace("json: unsupported value: ", "");
    }
    String text = PlainText.of(AnyValue.newBuilder().setDoubleValue(value).build());
    return value == 0 ? text : new BigDecimal(text).toPlainString();
  }

  private static boolean equal(AnyValue expected, AnyValue actual) {
    if (expected.getValueCase() != actual.getValueCase()) {
      return false;
    }
    return switch (expected.getValueCase()) {
      case STRING_VALUE -> expected.getStringValue().equals(actual.getStringValue());
      case BOOL_VALUE -> expected.getBoolValue() == actual.getBoolValue();
      case INT_VALUE -> expected.getIntValue() == actual.getIntValue();
      case DOUBLE_VALUE -> expected.getDoubleValue() == actual.getDoubleValue();
      case ARRAY_VALUE ->
          equalLists(
              expected.getArrayValue().getValuesList(), actual.getArrayValue().getValuesList());
      case KVLIST_VALUE ->
          map(expected).keySet().equals(map(actual).keySet())
              && map(expected).entrySet().stream()
                  .allMatch(entry ->
                      equal(
                          entry.getValue(),
                          map(actual).getOrDefault(entry.getKey(), AnyValue.getDefaultInstance())));
      default -> true;
    };
  }

  private static boolean equalLists(List<AnyValue> expected, List<AnyValue> actual) {
    boolean equal = expected.size() == actual.size();
    for (int i = 0; equal && i < expected.size(); i++) {
      equal = equal(expected.get(i), actual.get(i));
    }
    return equal;
  }

  private static Map<String, AnyValue> map(AnyValue list) {
    Map<String, AnyValue> map = new HashMap<>();
    list.getKvlistValue().getValuesList().forEach(kv -> map.put(kv.getKey(), kv.getValue()));
    return map;
  }

  private static @Nullable AnyValue find(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(KeyValue::getValue)
        .findFirst()
        .orElse(null);
  }
}
