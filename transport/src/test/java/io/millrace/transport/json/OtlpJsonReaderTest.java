package io.millrace.transport.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.Signal;
import io.millrace.testkit.json.JsonMutation;
import io.millrace.testkit.json.JsonOracle;
import io.millrace.testkit.json.JsonPrinter;
import io.millrace.transport.BodyFault;
import io.millrace.wire.MalformedWireException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OtlpJsonReaderTest {
  private static final int MIB = 1 << 20;

  private final ByteBudget budget = new ByteBudget(256L * MIB);

  @AfterEach
  void holdsNothing() {
    assertThat(budget.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void readsWhatTheOracleReads(Signal signal) throws Exception {
    for (int seed = 0; seed < 400; seed++) {
      Message request = new RandomOtlp(seed).request(signal, seed % 60);
      String json = new JsonPrinter(new Random(seed)).print(request);

      Message read = request.getParserForType().parseFrom(read(signal, json));

      assertThat(read).as("seed %s: %s", seed, json).isEqualTo(request);
      assertThat(JsonOracle.read(signal, json)).as("seed %s: %s", seed, json).isEqualTo(request);
    }
  }

  /** Damaged requests are refused, or mean what the oracle says, and nothing else happens. */
  @ParameterizedTest
  @EnumSource(Signal.class)
  void takesAMutatedRequestOnlyIfTheOracleDoes(Signal signal) throws Exception {
    int taken = 0;
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      String json = new JsonPrinter(random).print(new RandomOtlp(seed).request(signal, seed % 12));
      String mutated = asSent(JsonMutation.mutate(json, random));
      byte[] bytes = readOrNull(signal, mutated);
      if (bytes != null) {
        taken++;
        assertThat(RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes))
            .as("seed %s: %s", seed, mutated)
            .isEqualTo(JsonOracle.read(signal, mutated));
      }
    }
    assertThat(taken).isBetween(100, 2900);
  }

  /**
   * Each line has a signal, what becomes of the request, and the request: {@code same} as the
   * oracle reads it, or the path and words of the refusal.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "odd-requests.txt", delimiter = '|', quoteCharacter = '`')
  void readsOddRequests(Signal signal, String expected, String json) throws Exception {
    if (expected.equals("same")) {
      Message oracle = JsonOracle.read(signal, json);
      assertThat(oracle.getParserForType().parseFrom(read(signal, json))).isEqualTo(oracle);
      return;
    }
    assertThatThrownBy(() -> read(signal, json))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageContaining(expected);
    assertThatThrownBy(() -> JsonOracle.read(signal, json)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void overwritesWhatIsNotUtf8() throws Exception {
    byte[] json = "{\"resourceLogs\":[{\"schemaUrl\":\"a_b\"}]}".getBytes(UTF_8);
    json[json.length - 6] = (byte) 0xff;

    OtlpJsonReader reader = new OtlpJsonReader(budget, MIB, json);

    assertThat(reader.read(Signal.LOGS)).isNull();
    assertThat(reader.repairedBytes()).isEqualTo(1);
    assertThat(new String(reader.bytes(), UTF_8)).endsWith("a?b");
    budget.release(reader.bytes().length);
  }

  @Test
  void refusesBracesWithoutEnd() {
    for (String part : new String[] {"{", "[", "{\"a\":", "{\"a\":["}) {
      String json = "{\"unknown\":" + part.repeat(4 * MIB / part.length());
      assertThatThrownBy(() -> read(Signal.TRACES, json))
          .isInstanceOf(MalformedWireException.class);
    }
  }

  @Test
  void refusesValuesNestedTooDeepAndTakesThoseThatAreNot() throws Exception {
    assertThat(read(Signal.LOGS, nestedBody(31))).isNotEmpty();
    assertThatThrownBy(() -> read(Signal.LOGS, nestedBody(32)))
        .hasMessageContaining("value nested 33 deep");
  }

  @Test
  void endsWhenTheWireFormIsLargerThanItMayBe() {
    String json = point("\"explicitBounds\":[" + "0,".repeat(MIB) + "0]");

    assertThat(new OtlpJsonReader(budget, MIB, json.getBytes(UTF_8)).read(Signal.METRICS))
        .isEqualTo(BodyFault.TOO_LARGE);
  }

  @Test
  void endsWhenTheBudgetIsEmpty() {
    String json = point("\"explicitBounds\":[" + "0,".repeat(MIB) + "0]");
    ByteBudget small = new ByteBudget(4L * MIB);

    assertThat(new OtlpJsonReader(small, 64 * MIB, json.getBytes(UTF_8)).read(Signal.METRICS))
        .isEqualTo(BodyFault.NO_ROOM);
    assertThat(small.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void theSchemaIsThatOfThePublishedDescriptors(Signal signal) {
    compare(
        JsonSchema.request(signal),
        RandomOtlp.emptyRequest(signal).getDescriptorForType(),
        new HashSet<>());
  }

  private static void compare(JsonMessage ours, Descriptor published, Set<Descriptor> seen) {
    if (!seen.add(published)) {
      return;
    }
    assertThat(ours.fields()).as(ours.name()).hasSameSizeAs(published.getFields());
    assertThat(published.getRealOneofs()).as(ours.name()).hasSizeLessThan(2);
    for (JsonField field : ours.fields()) {
      FieldDescriptor other = published.findFieldByNumber(field.number());
      String name = ours.name() + "." + field.name();
      assertThat(other.getJsonName()).as(name).isEqualTo(field.name());
      assertThat(ours.field(other.getName())).as(name).isSameAs(field);
      assertThat(other.isRepeated()).as(name).isEqualTo(field.isRepeated());
      assertThat(other.getRealContainingOneof() != null).as(name).isEqualTo(field.isChoice());
      assertThat(field.type().name().toLowerCase(Locale.ROOT)).as(name).isEqualTo(type(other));
      if (other.getJavaType() == FieldDescriptor.JavaType.ENUM) {
        assertThat(field.names()).as(name).hasSameSizeAs(other.getEnumType().getValues());
        field
            .names()
            .forEach((value, number) ->
                assertThat(other.getEnumType().findValueByName(value).getNumber())
                    .isEqualTo(number));
      }
      JsonMessage content = field.content();
      if (content != null) {
        compare(content, other.getMessageType(), seen);
      }
    }
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getName()) {
      case "trace_id", "profile_id" -> "id16";
      case "span_id", "parent_span_id" -> "id8";
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String nestedBody(int lists) {
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
        + "{\"kvlistValue\":{\"values\":[{\"value\":".repeat(lists)
        + "{}"
        + "}]}}".repeat(lists)
        + "}]}]}]}";
  }

  private static String point(String fields) {
    return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":{\"dataPoints\":[{"
        + fields
        + "}]}}]}]}]}";
  }

  /** What is left of a pair of surrogates that was cut. */
  private static String asSent(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private byte[] read(Signal signal, String json) {
    OtlpJsonReader reader = new OtlpJsonReader(budget, 64 * MIB, json.getBytes(UTF_8));
    assertThat(reader.read(signal)).isNull();
    budget.release(reader.bytes().length);
    return reader.bytes();
  }

  private byte @Nullable [] readOrNull(Signal signal, String json) {
    try {
      return read(signal, json);
    } catch (MalformedWireException e) {
      return null;
    }
  }
}
