package io.millrace.testkit.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.Signal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What OTLP/JSON means, from the published descriptors and protobuf-java's messages alone: proto3's
 * JSON with hexadecimal ids. Shares no code with the reader under test. Thread safe.
 */
public final class JsonOracle {
  private static final Set<String> IDS =
      Set.of("trace_id", "span_id", "parent_span_id", "profile_id");

  private JsonOracle() {}

  /** Returns the request, or throws {@link IllegalArgumentException} where there is none. */
  public static Message read(Signal signal, String text) {
    Message.Builder request = RandomOtlp.emptyRequest(signal).newBuilderForType();
    fill(request, JsonText.parse(text), 0);
    return request.build();
  }

  private static void fill(Message.Builder message, Object json, int valueDepth) {
    int depth = valueDepth + (message.getDescriptorForType().getName().equals("AnyValue") ? 1 : 0);
    require(depth <= 32 && json instanceof List);
    Map<String, FieldDescriptor> fields = new HashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      fields.put(field.getName(), field);
      fields.put(field.getJsonName(), field);
    }
    for (Object entry : (List<?>) json) {
      JsonText.Entry pair = (JsonText.Entry) entry;
      FieldDescriptor field = fields.get(pair.key());
      if (field != null && !pair.value().equals(JsonText.NULL)) {
        set(message, field, pair.value(), depth);
      }
    }
  }

  private static void set(Message.Builder message, FieldDescriptor field, Object json, int depth) {
    if (field.isRepeated()) {
      require(json instanceof Object[]);
      for (Object element : (Object[]) json) {
        message.addRepeatedField(field, value(message, field, element, depth));
      }
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && message.hasField(field)) {
      Message.Builder merged = ((Message) message.getField(field)).toBuilder();
      fill(merged, json, depth);
      message.setField(field, merged.build());
    } else {
      message.setField(field, value(message, field, json, depth));
    }
  }

  private static Object value(Message.Builder in, FieldDescriptor field, Object json, int depth) {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        Message.Builder inner = in.newBuilderForField(field);
        if (!json.equals(JsonText.NULL)) {
          fill(inner, json, depth);
        }
        yield inner.build();
      }
      case STRING -> well(text(json));
      case BYTE_STRING -> bytes(field, text(json));
      case BOOLEAN -> {
        require(json instanceof Boolean);
        yield json;
      }
      case DOUBLE -> decimal(digits(json));
      case FLOAT -> throw new IllegalArgumentException("no such field in OTLP");
      case ENUM -> enumValue(field, digits(json));
      case INT, LONG -> integer(field, digits(json));
    };
  }

  /** A lone surrogate is no character. */
  private static String well(String text) {
    return ByteString.copyFromUtf8(text).toStringUtf8();
  }

  private static ByteString bytes(FieldDescriptor field, String text) {
    if (IDS.contains(field.getName())) {
      int size = field.getName().contains("span") ? 8 : 16;
      require(text.isEmpty() || text.length() == 2 * size);
      return ByteString.copyFrom(HexFormat.of().parseHex(text));
    }
    String standard = text.replace('-', '+').replace('_', '/');
    return ByteString.copyFrom(Base64.getDecoder().decode(standard));
  }

  private static Object decimal(String text) {
    if (List.of("NaN", "Infinity", "-Infinity").contains(text)) {
      return Double.valueOf(text);
    }
    double value = exact(text).doubleValue();
    require(!Double.isInfinite(value));
    return text.startsWith("-") && value == 0 ? -0.0 : value;
  }

  private static EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumValueDescriptor named = field.getEnumType().findValueByName(text);
    return named != null
        ? named
        : field.getEnumType().findValueByNumberCreatingIfUnknown(whole(text, 31, true).intValue());
  }

  private static Object integer(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> whole(text, 32, false).intValue();
      case INT32, SINT32 -> whole(text, 31, true).intValue();
      case UINT64, FIXED64 -> whole(text, 64, false).longValue();
      default -> whole(text, 63, true).longValue();
    };
  }

  private static BigInteger whole(String text, int bits, boolean isSigned) {
    BigDecimal value = exact(text);
    require(value.signum() == 0 || (long) value.precision() - value.scale() <= 30);
    require(value.signum() == 0 || (long) value.precision() - value.scale() > 0);
    BigInteger whole = value.signum() == 0 ? BigInteger.ZERO : exactly(value);
    require(whole.bitLength() <= bits && (isSigned || whole.signum() >= 0));
    return whole;
  }

  private static BigInteger exactly(BigDecimal value) {
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static BigDecimal exact(String text) {
    require(text.length() <= 128 && text.matches("[-+.0-9eE]+"));
    return new BigDecimal(text);
  }

  private static String text(Object json) {
    require(json instanceof String);
    return (String) json;
  }

  private static String digits(Object json) {
    require(json instanceof String || json instanceof JsonText.Digits);
    return json instanceof JsonText.Digits number ? number.text() : (String) json;
  }

  private static void require(boolean ok) {
    if (!ok) {
      throw new IllegalArgumentException("not such a request");
    }
  }
}
