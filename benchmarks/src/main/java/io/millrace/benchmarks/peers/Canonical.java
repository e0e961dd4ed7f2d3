package io.millrace.benchmarks.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages as text that is equal for messages that mean the same. */
final class Canonical {
  private Canonical() {}

  /**
   * Returns the known fields by number; maps of attributes sorted, because their order is free, and
   * without messages that hold nothing, which some write and some do not.
   */
  static String text(Message message) {
    return message.getAllFields().entrySet().stream()
        .filter(entry -> entry.getKey().getContainingOneof() != null || !isEmpty(entry.getValue()))
        .map(Canonical::field)
        .collect(Collectors.joining(" ", "{", "}"));
  }

  private static String field(Map.Entry<FieldDescriptor, Object> entry) {
    FieldDescriptor field = entry.getKey();
    if (!(entry.getValue() instanceof List<?> list)) {
      return field.getName() + "=" + value(entry.getValue());
    }
    Stream<String> values = list.stream().map(Canonical::value);
    boolean isMap =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && field.getMessageType().getName().equals("KeyValue");
    return field.getName() + "=" + (isMap ? values.sorted() : values).toList();
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Message message && message.getAllFields().isEmpty();
  }

  private static String value(Object value) {
    return switch (value) {
      case Message message -> text(message);
      case ByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
      default -> value.toString();
    };
  }
}
