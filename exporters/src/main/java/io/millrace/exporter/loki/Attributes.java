package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import org.jspecify.annotations.Nullable;

/** Looks attributes up. Thread safe; allocates. */
final class Attributes {
  private Attributes() {}

  /** Returns the first value of that key. */
  static @Nullable AnyValueView find(RangeCursor attributes, String key) {
    byte[] wanted = key.getBytes(UTF_8);
    AttributeView attribute = new AttributeView();
    while (attributes.next(attribute)) {
      if (attribute.key().contentEquals(wanted)) {
        return attribute.value();
      }
    }
    return null;
  }

  /** Returns the text of the first value of that key, empty where there is none. */
  static String text(RangeCursor attributes, String key) {
    AnyValueView value = find(attributes, key);
    return value == null ? "" : AnyValueText.of(value);
  }

  /** Returns the value that a key with dots leads to through nested maps. */
  static @Nullable AnyValueView findNested(RangeCursor attributes, String key) {
    int dot = key.indexOf('.');
    AnyValueView value = find(attributes, dot < 0 ? key : key.substring(0, dot));
    return dot < 0 || value == null
        ? value
        : findNested(value.kvlistValue(), key.substring(dot + 1));
  }
}
