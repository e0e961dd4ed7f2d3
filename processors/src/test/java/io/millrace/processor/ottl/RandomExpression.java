package io.millrace.processor.ottl;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A seeded generator of conditions, well typed and not, each with what it means: a second
 * implementation of the language, over protobuf-java's objects, with none of the first's code.
 */
final class RandomExpression {
  static final List<String> KEYS = List.of("a", "b", "c", "d", "e");
  private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> LITERALS =
      List.of(
          "nil", "true", "false", "1", "-2", "2", "1.0", "0.5", "\"\"", "\"x\"", "\"y\"", "0x78");

  /** What a piece of an expression means. */
  @FunctionalInterface
  interface Meaning {
    @Nullable Object of(ResourceSpans resource, Span span);
  }

  record Piece(String text, Meaning meaning) {}

  private final Random random;

  RandomExpression(long seed) {
    random = new Random(seed);
  }

  Piece condition(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(7)) {
      case 1 -> both(condition(depth - 1), "and", condition(depth - 1));
      case 2 -> both(condition(depth - 1), "or", condition(depth - 1));
      case 3 -> {
        Piece inner = condition(depth - 1);
        yield new Piece(
            "not (" + inner.text + ")", (r, s) -> !NaiveValues.truth(inner.meaning.of(r, s)));
      }
      case 4 -> question();
      default -> comparison(depth);
    };
  }

  private static Piece both(Piece left, String word, Piece right) {
    boolean decisive = word.equals("or");
    return new Piece(
        "(" + left.text + " " + word + " " + right.text + ")",
        (r, s) ->
            NaiveValues.truth(left.meaning.of(r, s)) == decisive
                ? decisive
                : right.meaning.of(r, s));
  }

  private Piece comparison(int depth) {
    Piece left = value(depth);
    Piece right = value(depth);
    String operator = pick(OPERATORS);
    return new Piece(
        left.text + " " + operator + " " + right.text,
        (r, s) -> NaiveValues.compare(left.meaning.of(r, s), operator, right.meaning.of(r, s)));
  }

  private Piece question() {
    Piece target = path();
    return switch (random.nextInt(4)) {
      case 0 ->
          new Piece(
              "IsString(" + target.text + ")", (r, s) -> target.meaning.of(r, s) instanceof String);
      case 1 ->
          new Piece(
              "IsInt(" + target.text + ")", (r, s) -> target.meaning.of(r, s) instanceof Long);
      case 2 ->
          new Piece(
              "HasPrefix(" + target.text + ", \"x\")",
              (r, s) -> NaiveValues.text(target.meaning.of(r, s)).startsWith("x"));
      default ->
          new Piece(
              "IsMatch(" + target.text + ", \"^x\")",
              (r, s) -> NaiveValues.printed(target.meaning.of(r, s)).startsWith("x"));
    };
  }

  private Piece value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0, 1, 2 -> path();
      case 3, 4 -> literal(pick(LITERALS));
      case 5 -> new Piece("status.code", (r, s) -> (long) s.getStatus().getCodeValue());
      case 6 -> arithmetic(depth);
      default -> {
        Piece target = path();
        yield new Piece(
            "Int(" + target.text + ")", (r, s) -> NaiveValues.toInt(target.meaning.of(r, s)));
      }
    };
  }

  private Piece arithmetic(int depth) {
    Piece left = term(depth - 1);
    Piece right = term(depth - 1);
    String operator = pick(List.of("+", "-", "*", "/"));
    return new Piece(
        "(" + left.text + " " + operator + " " + right.text + ")",
        (r, s) -> NaiveValues.calculate(left.meaning.of(r, s), operator, right.meaning.of(r, s)));
  }

  private Piece term(int depth) {
    return switch (random.nextInt(depth <= 0 ? 2 : 3)) {
      case 0 -> path();
      case 1 -> literal(pick(List.of("0", "1", "-3", "0.25", "0.0")));
      default -> arithmetic(depth);
    };
  }

  private static Piece literal(String text) {
    Object value = NaiveValues.literal(text);
    return new Piece(text, (r, s) -> value);
  }

  private Piece path() {
    String key = pick(KEYS);
    Piece found =
        random.nextInt(4) == 0
            ? new Piece(
                "resource.attributes[\"" + key + "\"]",
                (r, s) -> find(r.getResource().getAttributesList(), key))
            : new Piece("attributes[\"" + key + "\"]", (r, s) -> find(s.getAttributesList(), key));
    while (random.nextInt(4) == 0) {
      found = random.nextBoolean() ? indexed(found, random.nextInt(3)) : keyed(found, pick(KEYS));
    }
    Piece raw = found;
    return new Piece(raw.text, (r, s) -> NaiveValues.plain((AnyValue) raw.meaning.of(r, s)));
  }

  private static Piece keyed(Piece container, String key) {
    return new Piece(
        container.text + "[\"" + key + "\"]",
        (r, s) -> {
          AnyValue value = (AnyValue) container.meaning.of(r, s);
          if (value == null) {
            return null;
          }
          NaiveValues.require(value.hasKvlistValue());
          return find(value.getKvlistValue().getValuesList(), key);
        });
  }

  private static Piece indexed(Piece container, int index) {
    return new Piece(
        container.text + "[" + index + "]",
        (r, s) -> {
          AnyValue value = (AnyValue) container.meaning.of(r, s);
          if (value == null) {
            return null;
          }
          NaiveValues.require(
              value.hasArrayValue() && index < value.getArrayValue().getValuesCount());
          return value.getArrayValue().getValues(index);
        });
  }

  private static @Nullable AnyValue find(List<KeyValue> entries, String key) {
    return entries.stream()
        .filter(entry -> entry.getKey().equals(key))
        .findFirst()
        .map(KeyValue::getValue)
        .orElse(null);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
