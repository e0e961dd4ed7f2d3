package io.millrace.processor.ottl;

import static io.millrace.processor.ottl.Traces.attribute;
import static io.millrace.processor.ottl.Traces.bool;
import static io.millrace.processor.ottl.Traces.floating;
import static io.millrace.processor.ottl.Traces.number;
import static io.millrace.processor.ottl.Traces.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OttlOracleTest {
  private static final int SEEDS = 3_000;
  private static final int SPANS = 8;

  /**
   * Scenario: random conditions over random spans.
   *
   * <p>Guarantees: the verdict is what a naive evaluation over protobuf-java's objects gives, error
   * included, and each verdict occurs often.
   */
  @Test
  void agreesWithANaiveEvaluationOverObjects() {
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomExpression.Piece piece = new RandomExpression(seed).condition(3);
      SpanCondition condition = OttlConditions.span(piece.text());
      Random random = new Random(seed);
      for (int i = 0; i < SPANS; i++) {
        ResourceSpans resource = resource(random);
        Verdict expected = naive(piece, resource);
        assertThat(new Traces(resource).test(condition))
            .as("seed %d, span %d: %s over %s", seed, i, piece.text(), resource)
            .isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
      }
    }
    assertThat(seen).hasSize(3).allSatisfy((_, count) -> assertThat(count).isGreaterThan(SEEDS));
  }

  private static Verdict naive(RandomExpression.Piece piece, ResourceSpans resource) {
    try {
      Span span = resource.getScopeSpans(0).getSpans(0);
      return Verdict.of(NaiveValues.truth(piece.meaning().of(resource, span)));
    } catch (NaiveValues.Failure _) {
      return Verdict.ERROR;
    }
  }

  private static ResourceSpans resource(Random random) {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
    Span.Builder span = resource.addScopeSpansBuilder().addSpansBuilder();
    span.getStatusBuilder().setCodeValue(random.nextInt(3));
    for (String key : RandomExpression.KEYS) {
      if (random.nextInt(4) > 0) {
        span.addAttributes(attribute(key, value(random, 3)));
      }
      if (random.nextInt(3) == 0) {
        span.addAttributes(attribute(key, value(random, 1)));
      }
      resource.getResourceBuilder().addAttributes(attribute(key, value(random, 2)));
    }
    return resource.build();
  }

  private static AnyValue value(Random random, int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(depth == 0 ? 7 : 9)) {
      case 0 -> value.mergeFrom(text(random.nextBoolean() ? "x" : "yé"));
      case 1 -> value.mergeFrom(text(Integer.toString(random.nextInt(3) - 1)));
      case 2 -> value.mergeFrom(number(random.nextInt(5) - 2));
      case 3 -> value.mergeFrom(floating(random.nextInt(8) == 0 ? Double.NaN : random.nextInt(3)));
      case 4 -> value.mergeFrom(bool(random.nextBoolean()));
      case 5 -> value.setBytesValue(ByteString.copyFromUtf8("x".repeat(random.nextInt(3))));
      case 6 -> {}
      case 7 -> {
        value.getArrayValueBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
          value.getArrayValueBuilder().addValues(value(random, depth - 1));
        }
      }
      default -> {
        value.getKvlistValueBuilder();
        for (String key : RandomExpression.KEYS.subList(0, 3)) {
          value.getKvlistValueBuilder().addValues(attribute(key, value(random, depth - 1)));
        }
      }
    }
    return value.build();
  }
}
