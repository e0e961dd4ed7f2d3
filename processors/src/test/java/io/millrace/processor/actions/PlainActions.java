package io.millrace.processor.actions;

import com.google.protobuf.Message;
import io.millrace.pdata.RequestContext;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The actions done the obvious way: one after the other, on a list of objects. The oracle of the
 * differential tests; shares no code with what it checks. Immutable.
 */
public record PlainActions(List<ActionConfig> actions, RequestContext context) {
  /** Edits the field {@code attributes} of a message. */
  @SuppressWarnings("unchecked")
  public void edit(Message.Builder message) {
    var field = message.getDescriptorForType().findFieldByName("attributes");
    List<KeyValue> before = (List<KeyValue>) message.getField(field);
    List<KeyValue> after = edited(before);
    if (!after.equals(before)) {
      message.setField(field, after);
    }
  }

  /** Returns what becomes of the attributes. */
  public List<KeyValue> edited(List<KeyValue> before) {
    List<KeyValue> attributes = new ArrayList<>(before);
    actions.forEach(action -> apply(action, attributes));
    return attributes;
  }

  private void apply(ActionConfig action, List<KeyValue> attributes) {
    String key = action.key();
    switch (Objects.requireNonNull(action.action())) {
      case INSERT ->
          source(action, attributes)
              .filter(value -> find(attributes, key) < 0)
              .ifPresent(value -> put(attributes, key, value));
      case UPDATE ->
          source(action, attributes)
              .filter(value -> find(attributes, key) >= 0)
              .ifPresent(value -> put(attributes, key, value));
      case UPSERT -> source(action, attributes).ifPresent(value -> put(attributes, key, value));
      case DELETE -> attributes.removeIf(attribute -> concerns(action, attribute.getKey()));
      case HASH -> {
        attributes.replaceAll(a -> !key.isEmpty() && a.getKey().equals(key) ? hashed(a) : a);
        attributes.replaceAll(a -> matches(action, a.getKey()) ? hashed(a) : a);
      }
      case EXTRACT -> extract(action, attributes);
      case CONVERT -> {
        int index = find(attributes, key);
        if (index >= 0) {
          converted(attributes.get(index).getValue(), action)
              .ifPresent(value -> put(attributes, key, value));
        }
      }
    }
  }

  private static boolean concerns(ActionConfig action, String key) {
    return (!action.key().isEmpty() && action.key().equals(key)) || matches(action, key);
  }

  private static boolean matches(ActionConfig action, String key) {
    return !action.pattern().isEmpty() && pattern(action).matcher(key).find();
  }

  private static Pattern pattern(ActionConfig action) {
    return Pattern.compile(action.pattern().replace("(?P<", "(?<"));
  }

  private static int find(List<KeyValue> attributes, String key) {
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).getKey().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private static void put(List<KeyValue> attributes, String key, AnyValue value) {
    int index = find(attributes, key);
    if (index < 0) {
      attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
    } else if (!attributes.get(index).getValue().equals(value)) {
      attributes.set(index, attributes.get(index).toBuilder().setValue(value).build());
    }
  }

  private Optional<AnyValue> source(ActionConfig action, List<KeyValue> attributes) {
    Optional<AnyValue> found = Optional.ofNullable(action.value()).map(PlainActions::value);
    if (!action.fromAttribute().isEmpty()) {
      int index = find(attributes, action.fromAttribute());
      found = index < 0 ? Optional.empty() : Optional.of(attributes.get(index).getValue());
    }
    if (!action.fromContext().isEmpty()) {
      found = fromContext(action.fromContext()).map(PlainActions::value);
    }
    return found.or(() -> Optional.ofNullable(action.defaultValue()).map(PlainActions::value));
  }

  private Optional<String> fromContext(String name) {
    if (name.equals("client.address")) {
      return Optional.of(context.clientAddress())
          .filter(Predicate.not(String::isEmpty))
          .map(address -> address.replaceAll(":\\d+$", "").replaceAll("[\\[\\]]", ""));
    }
    if (name.startsWith("auth.")) {
      return Optional.ofNullable(context.auth().get(name.substring(5)));
    }
    String key = name.replaceFirst("^metadata\\.", "").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(context.metadata().get(key)).map(values -> String.join(";", values));
  }

  /** Returns a setting as a value. */
  public static AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    return switch (value) {
      case String text -> any.setStringValue(text).build();
      case Boolean bool -> any.setBoolValue(bool).build();
      case Long number -> any.setIntValue(number).build();
      case Double number -> any.setDoubleValue(number).build();
      case List<?> list -> {
        ArrayValue.Builder items = ArrayValue.newBuilder();
        list.forEach(
            item -> items.addValues(item == null ? AnyValue.getDefaultInstance() : value(item)));
        yield any.setArrayValue(items).build();
      }
      case Map<?, ?> map -> {
        KeyValueList.Builder entries = KeyValueList.newBuilder();
        map.forEach(
            (key, item) -> entries.addValuesBuilder().setKey((String) key).setValue(value(item)));
        yield any.setKvlistValue(entries).build();
      }
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static KeyValue hashed(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    byte @Nullable [] bytes =
        switch (value.getValueCase()) {
          case STRING_VALUE -> value.getStringValue().getBytes(StandardCharsets.UTF_8);
          case BOOL_VALUE -> new byte[] {(byte) (value.getBoolValue() ? 1 : 0)};
          case INT_VALUE -> little().putLong(value.getIntValue()).array();
          case DOUBLE_VALUE -> little().putDouble(value.getDoubleValue()).array();
          default -> null;
        };
    return attribute.toBuilder().setValue(value(bytes == null ? "" : sha256(bytes))).build();
  }

  private static ByteBuffer little() {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extract(ActionConfig action, List<KeyValue> attributes) {
    int index = find(attributes, action.key());
    if (index < 0 || !attributes.get(index).getValue().hasStringValue()) {
      return;
    }
    Pattern pattern = pattern(action);
    Matcher matcher = pattern.matcher(attributes.get(index).getValue().getStringValue());
    if (matcher.find()) {
      pattern.namedGroups().entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .forEach(group -> {
            String text = matcher.group(group.getValue());
            put(attributes, group.getKey(), value(text == null ? "" : text));
          });
    }
  }

  private static Optional<AnyValue> converted(AnyValue value, ActionConfig action) {
    @Nullable Object result =
        switch (Objects.requireNonNull(action.convertedType())) {
          case STRING -> value.hasStringValue() ? null : PlainText.of(value);
          case INT -> toInt(value);
          case DOUBLE -> toDouble(value);
        };
    return Optional.ofNullable(result).map(PlainActions::value);
  }

  private static @Nullable Object toInt(AnyValue value) {
    return switch (value.getValueCase()) {
      case DOUBLE_VALUE -> (long) value.getDoubleValue();
      case BOOL_VALUE -> value.getBoolValue() ? 1L : 0L;
      case STRING_VALUE ->
          value.getStringValue().matches("[+-]?\\d+") ? Long.valueOf(value.getStringValue()) : null;
      default -> null;
    };
  }

  private static @Nullable Object toDouble(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> (double) value.getIntValue();
      case BOOL_VALUE -> value.getBoolValue() ? 1.0 : 0.0;
      case STRING_VALUE ->
          value.getStringValue().matches("[+-]?\\d+(\\.\\d+)?(e[+-]?\\d+)?")
              ? Double.valueOf(value.getStringValue())
              : null;
      default -> null;
    };
  }
}
