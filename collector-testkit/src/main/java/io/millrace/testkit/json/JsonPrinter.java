package io.millrace.testkit.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes messages as OTLP/JSON, in one of the spellings senders choose from. Confined to one
 * thread.
 */
public final class JsonPrinter {
  private final Random random;

  /** Prints with the choices that the seeded random makes. */
  public JsonPrinter(Random random) {
    this.random = random;
  }

  /** Returns the message as a text. */
  public String print(Message message) {
    return Stream.concat(unknown(), message.getAllFields().entrySet().stream().map(this::entry))
        .collect(Collectors.joining(space() + ",", "{", "}"));
  }

  private Stream<String> unknown() {
    return random.nextInt(8) == 0
        ? Stream.of("\"unknownKey\":[{\"a\":null}]", "\"other\":1.5e9")
        : Stream.of();
  }

  private String entry(Map.Entry<FieldDescriptor, Object> entry) {
    FieldDescriptor field = entry.getKey();
    String name = random.nextInt(8) == 0 ? field.getName() : field.getJsonName();
    return quoted(name) + ":" + space() + values(field, entry.getValue());
  }

  private String values(FieldDescriptor field, Object value) {
    return field.isRepeated()
        ? ((List<?>) value)
            .stream().map(v -> value(field, v)).collect(Collectors.joining(",", "[", "]"))
        : value(field, value);
  }

  private String value(FieldDescriptor field, Object value) {
    return switch (value) {
      case Message message -> print(message);
      case ByteString bytes -> quoted(bytes(field, bytes));
      case EnumValueDescriptor number -> named(number);
      case String text -> quoted(text);
      case Double number -> decimal(number);
      case Boolean truth -> truth.toString();
      case Long number -> whole(integer(field, number));
      case Integer number -> whole(integer(field, number));
      default -> throw new IllegalArgumentException("value: " + value);
    };
  }

  private static String integer(FieldDescriptor field, long value) {
    return switch (field.getType()) {
      case UINT64, FIXED64 -> Long.toUnsignedString(value);
      default -> Long.toString(value);
    };
  }

  private static String integer(FieldDescriptor field, int value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedString(value);
      default -> Integer.toString(value);
    };
  }

  private String named(EnumValueDescriptor value) {
    boolean hasName = value.getIndex() >= 0;
    return hasName && random.nextInt(4) == 0
        ? quoted(value.getName())
        : whole(Integer.toString(value.getNumber()));
  }

  private String whole(String digits) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> digits;
      case 2 -> digits + ".0";
      default -> quoted(digits);
    };
  }

  private String decimal(double value) {
    boolean isFinite = !Double.isNaN(value) && !Double.isInfinite(value);
    return isFinite && random.nextInt(4) > 0
        ? Double.toString(value)
        : quoted(Double.toString(value));
  }

  private static String bytes(FieldDescriptor field, ByteString bytes) {
    return field.getName().endsWith("span_id")
            || field.getName().equals("trace_id")
            || field.getName().equals("profile_id")
        ? HexFormat.of().formatHex(bytes.toByteArray())
        : Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private String space() {
    return " \n".substring(0, random.nextInt(3));
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(Character.toString(c))));
    return quoted.append('"').toString();
  }

  /** Both halves of a pair are escaped or neither: one alone is no UTF-8. */
  private String escaped(String character) {
    char first = character.charAt(0);
    if (first >= ' ' && first != '"' && first != '\\' && random.nextInt(20) > 0) {
      return character;
    }
    return character.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }
}
