package io.millrace.processor.actions;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The collector's text of a value, from objects; part of the oracle. Stateless. */
public final class PlainText {
  private PlainText() {}

  /** Returns the text, an empty one for JSON with a number that JSON cannot write. */
  public static String of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case DOUBLE_VALUE ->
          Double.isFinite(value.getDoubleValue())
              ? number(value.getDoubleValue())
              : "json: unsupported value: "
                  + (value.getDoubleValue() > 0
                      ? "+Inf"
                      : value.getDoubleValue() < 0 ? "-Inf" : "NaN");
      case BYTES_VALUE -> base64(value.getBytesValue());
      case VALUE_NOT_SET -> "";
      default -> isWritable(value) ? json(value) : "";
    };
  }

  private static boolean isWritable(AnyValue value) {
    return switch (value.getValueCase()) {
      case DOUBLE_VALUE -> Double.isFinite(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().allMatch(PlainText::isWritable);
      case KVLIST_VALUE -> sorted(value).values().stream().allMatch(PlainText::isWritable);
      default -> true;
    };
  }

  private static String json(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> quoted(value.getStringValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case BYTES_VALUE -> quoted(base64(value.getBytesValue()));
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(PlainText::json)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          sorted(value).entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> "null";
    };
  }

  private static Map<String, AnyValue> sorted(AnyValue list) {
    Map<String, AnyValue> map =
        new TreeMap<>(
            Comparator.comparing(
                ByteString::copyFromUtf8, ByteString.unsignedLexicographicalComparator()));
    for (KeyValue entry : list.getKvlistValue().getValuesList()) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  private static String quoted(String text) {
    return text.codePoints()
        .mapToObj(c ->
            switch (c) {
              case '"' -> "\\\"";
              case '\\' -> "\\\\";
              case 0 -> "\\u0000";
              default -> Character.toString(c);
            })
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Tries one digit after the other until the number is the same. */
  static String number(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    String digits = "";
    for (int i = 0; i <= 17; i++) {
      digits = String.format(Locale.ROOT, "%." + i + "e", new BigDecimal(value));
      if (Double.parseDouble(digits) == value) {
        break;
      }
    }
    double size = Math.abs(value);
    if (size < 1e-6 || size >= 1e21) {
      return digits.replaceAll("e([+-])0(\\d)$", "e$1$2");
    }
    return new BigDecimal(digits).toPlainString();
  }
}
