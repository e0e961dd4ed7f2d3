package io.millrace.processor.ottl;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OTTL's values as Java objects: null, Boolean, Long, Double, String, ByteString, List, Map. */
final class NaiveValues {
  /** What OTTL calls an error of evaluation. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private NaiveValues() {}

  static void require(boolean ok) {
    if (!ok) {
      throw new Failure();
    }
  }

  static boolean truth(@Nullable Object value) {
    return Objects.equals(value, true);
  }

  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new Failure();
  }

  /** As text for a pattern that the empty text does not match. */
  static String printed(@Nullable Object value) {
    require(!(value instanceof List) && !(value instanceof Map));
    return value instanceof ByteString bytes
        ? HexFormat.of().formatHex(bytes.toByteArray())
        : String.valueOf(value);
  }

  static @Nullable Object literal(String text) {
    return switch (text.charAt(0)) {
      case 'n' -> null;
      case 't', 'f' -> Boolean.valueOf(text);
      case '"' -> text.substring(1, text.length() - 1);
      default -> {
        if (text.startsWith("0x")) {
          yield ByteString.fromHex(text.substring(2));
        }
        yield text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
      }
    };
  }

  static @Nullable Object plain(@Nullable AnyValue value) {
    if (value == null) {
      return null;
    }
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BYTES_VALUE -> value.getBytesValue();
      case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Boxed::new).toList();
      case KVLIST_VALUE -> {
        Map<String, Object> map = new HashMap<>();
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          map.putIfAbsent(entry.getKey(), new Boxed(entry.getValue()));
        }
        yield map;
      }
      default -> null;
    };
  }

  /** An item whose equality is that of its plain value. */
  private record Boxed(@Nullable Object value) {
    Boxed(AnyValue any) {
      this(Double.isNaN(any.getDoubleValue()) ? new Object() : plain(any));
    }
  }

  static boolean compare(@Nullable Object left, String operator, @Nullable Object right) {
    Object a = ByteString.EMPTY.equals(left) ? null : left;
    Object b = ByteString.EMPTY.equals(right) ? null : right;
    if (a instanceof Number x && b instanceof Number y) {
      boolean ints = a instanceof Long && b instanceof Long;
      return ints
          ? ordered(Long.compare(x.longValue(), y.longValue()), operator)
          : floats(x.doubleValue(), operator, y.doubleValue());
    }
    if (a == null || b == null) {
      boolean both = a == null && b == null;
      return both ? ordered(0, operator) : operator.equals("!=");
    }
    if (!a.getClass().equals(b.getClass())) {
      return operator.equals(a.equals(b) ? "==" : "!=");
    }
    return switch (a) {
      case String text ->
          ordered(
              ByteString.unsignedLexicographicalComparator()
                  .compare(ByteString.copyFromUtf8(text), ByteString.copyFromUtf8((String) b)),
              operator);
      case ByteString bytes ->
          ordered(
              ByteString.unsignedLexicographicalComparator().compare(bytes, (ByteString) b),
              operator);
      case Boolean bool -> ordered(Boolean.compare(bool, (Boolean) b), operator);
      default -> operator.equals(a.equals(b) ? "==" : "!=");
    };
  }

  private static boolean ordered(int order, String operator) {
    return floats(order, operator, 0);
  }

  private static boolean floats(double a, String operator, double b) {
    return switch (operator) {
      case "==" -> a == b;
      case "!=" -> a != b;
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      default -> a >= b;
    };
  }

  static Object calculate(@Nullable Object a, String operator, @Nullable Object b) {
    if (!(a instanceof Number left) || !(b instanceof Number right)) {
      throw new Failure();
    }
    if (a instanceof Long x && b instanceof Long y) {
      require(!operator.equals("/") || y != 0);
      return switch (operator) {
        case "+" -> x + y;
        case "-" -> x - y;
        case "*" -> x * y;
        default -> x / y;
      };
    }
    double x = left.doubleValue();
    double y = right.doubleValue();
    require(!operator.equals("/") || y != 0);
    return switch (operator) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      default -> x / y;
    };
  }

  static @Nullable Object toInt(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long number -> number;
      case Double number -> number.isNaN() ? Long.MIN_VALUE : number.longValue();
      case Boolean bool -> bool ? 1L : 0L;
      case String text -> text.matches("-?[0-9]+") ? Long.valueOf(text) : null;
      default -> throw new Failure();
    };
  }
}
