package io.millrace.processor.ottl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class OttlFuzzTest {
  private static final int SEEDS = 300;
  private static final String[] PIECES = {
    "name", "attributes", "[\"k\"]", "[0]", "==", "!=", "<", ">=", "and", "or", "not", "(", ")",
    "1", "-", "+", "/", "*", "2.5", "0xab", "\"t\"", "\"\\x4\"", "true", "nil", "IsMatch(", "Len(",
    ",", "SPAN_KIND_SERVER", "resource.", "status.code", "[", "]", "=", "é", "\n",
        "Duration(\"1s\")"
  };

  /**
   * Scenario: any text is compiled.
   *
   * <p>Guarantees: it is a condition with a verdict, or an error at a place inside the text.
   */
  @MethodSource
  @FuzzTest
  void compile(byte[] bytes) {
    String expression = new String(bytes, StandardCharsets.UTF_8);
    try {
      SpanCondition condition = OttlConditions.span(expression);
      assertThat(emptyTraces().test(condition)).isNotNull();
    } catch (OttlException e) {
      assertThat(e.offset()).isBetween(0, expression.length());
      assertThat(e.excerpt()).endsWith("^");
    }
  }

  static Stream<byte[]> compile() {
    return IntStream.range(0, SEEDS).mapToObj(OttlFuzzTest::text);
  }

  private static byte[] text(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? "" : " ");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Traces emptyTraces() {
    ScopeSpans scope = ScopeSpans.newBuilder().addSpans(Span.getDefaultInstance()).build();
    return new Traces(ResourceSpans.newBuilder().addScopeSpans(scope).build());
  }
}
