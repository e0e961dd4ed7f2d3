package io.millrace.pdata;

import io.millrace.wire.ByteAppender;
import java.nio.charset.StandardCharsets;

/**
 * Values as the text the Go collector makes of them ({@code pcommon.Value.AsString}), wherever a
 * user's pattern or a conversion meets a value that is none: as {@link AnyValueWriter} writes them,
 * but for numbers of which JSON has none. A double that is one becomes Go's complaint, a list or
 * map with one in it an empty text. Allocates. Thread safe.
 */
public final class AnyValueText {
  private AnyValueText() {}

  public static String of(AnyValueView value) {
    return switch (value.kind()) {
      case STRING -> value.stringValue().utf8();
      case DOUBLE -> ofDouble(value.doubleValue());
      case ARRAY, KVLIST -> isJson(value) ? written(value) : "";
      case BOOL, INT, BYTES, NOT_SET, STRING_STRINDEX -> written(value);
    };
  }

  private static String written(AnyValueView value) {
    ByteAppender text = new ByteAppender(64);
    new AnyValueWriter().append(value, text);
    return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
  }

  private static String ofDouble(double value) {
    return Double.isFinite(value)
        ? DoubleText.shortest(value)
        : "json: unsupported value: " + notFinite(value);
  }

  private static String notFinite(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "+Inf" : "-Inf";
  }

  /** As Go's {@code strconv.FormatFloat(value, 'f', -1, 64)}. */
  public static String plain(double value) {
    return Double.isFinite(value) ? DoubleText.plain(value) : notFinite(value);
  }

  private static boolean isJson(AnyValueView value) {
    return switch (value.kind()) {
      case DOUBLE -> Double.isFinite(value.doubleValue());
      case ARRAY -> isListJson(value.arrayValue());
      case KVLIST -> isMapJson(value.kvlistValue());
      case STRING, BOOL, INT, BYTES, NOT_SET, STRING_STRINDEX -> true;
    };
  }

  private static boolean isListJson(RangeCursor values) {
    AnyValueView element = new AnyValueView();
    while (values.next(element)) {
      if (!isJson(element)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMapJson(RangeCursor entries) {
    AttributeView entry = new AttributeView();
    while (entries.next(entry)) {
      if (!isJson(entry.value())) {
        return false;
      }
    }
    return true;
  }
}
