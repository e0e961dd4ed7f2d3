package io.millrace.processor.ottl;

import static io.millrace.processor.ottl.Traces.attribute;
import static io.millrace.processor.ottl.Traces.bool;
import static io.millrace.processor.ottl.Traces.floating;
import static io.millrace.processor.ottl.Traces.number;
import static io.millrace.processor.ottl.Traces.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OttlConditionsTest {
  private static final ByteString TRACE_ID = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");

  private final Traces traces = new Traces(sample());

  private static ResourceSpans sample() {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder().setSchemaUrl("https://r");
    resource
        .getResourceBuilder()
        .addAttributes(attribute("service.name", text("checkout")))
        .setDroppedAttributesCount(-1);
    resource
        .addScopeSpansBuilder()
        .setSchemaUrl("https://s")
        .addSpans(span())
        .getScopeBuilder()
        .setName("tomcat")
        .setVersion("2.0")
        .addAttributes(attribute("a", number(1)));
    return resource.build();
  }

  private static Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(TRACE_ID)
            .setSpanId(ByteString.fromHex("0102030405060708"))
            .setTraceState("vendor=a:b, other = x ,last=1")
            .setName("GET /carts")
            .setKind(SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(1_000)
            .setEndTimeUnixNano(6_000_001_000L)
            .addAttributes(attribute("method", text("GET")))
            .addAttributes(attribute("method", text("second")))
            .addAttributes(attribute("status", number(500)))
            .addAttributes(attribute("ratio", floating(0.5)))
            .addAttributes(attribute("nan", floating(Double.NaN)))
            .addAttributes(attribute("ok", bool(true)))
            .addAttributes(attribute("unset", AnyValue.getDefaultInstance()))
            .addAttributes(attribute("digits", text("42")))
            .addAttributes(attribute("raw", bytes("cafe")))
            .addAttributes(attribute("empty", bytes("")))
            .addAttributes(attribute("list", list(text("a"), number(2))))
            .addAttributes(attribute("map", map()));
    span.getStatusBuilder().setCode(StatusCode.STATUS_CODE_ERROR).setMessage("boom");
    span.addEventsBuilder()
        .setName("exception")
        .setTimeUnixNano(2_000)
        .addAttributes(attribute("exception.type", text("java.io.IOException")));
    return span.build();
  }

  private static AnyValue bytes(String hex) {
    return AnyValue.newBuilder().setBytesValue(ByteString.fromHex(hex)).build();
  }

  private static AnyValue list(AnyValue... values) {
    ArrayValue array = ArrayValue.newBuilder().addAllValues(List.of(values)).build();
    return AnyValue.newBuilder().setArrayValue(array).build();
  }

  private static AnyValue map() {
    KeyValueList entries =
        KeyValueList.newBuilder().addValues(attribute("k", list(number(7), text("deep")))).build();
    return AnyValue.newBuilder().setKvlistValue(entries).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // paths, with and without context
        "name == \"GET /carts\"",
        "span.name == \"GET /carts\"",
        "resource.attributes[\"service.name\"] == \"checkout\"",
        "resource.schema_url == \"https://r\" and scope.schema_url == \"https://s\"",
        "resource.dropped_attributes_count == 4294967295",
        "instrumentation_scope.name == \"tomcat\" and scope.version == \"2.0\"",
        "scope.attributes[\"a\"] == 1",
        "kind == SPAN_KIND_SERVER and kind.string == \"Server\"",
        "kind.deprecated_string == \"SPAN_KIND_SERVER\"",
        "status.code == STATUS_CODE_ERROR and status.message == \"boom\"",
        "trace_id == TraceID(0x0102030405060708090a0b0c0d0e0f10)",
        "trace_id != 0x0102030405060708090a0b0c0d0e0f10",
        "trace_id.string == \"0102030405060708090a0b0c0d0e0f10\"",
        "span_id == SpanID(0x0102030405060708) and span_id.string == \"0102030405060708\"",
        "parent_span_id == SpanID(0x0000000000000000)",
        "parent_span_id.string == \"0000000000000000\"",
        "trace_state == \"vendor=a:b, other = x ,last=1\"",
        "trace_state[\"vendor\"] == \"a:b\" and trace_state[\"last\"] == \"1\"",
        "trace_state[\"none\"] == \"\"",
        // comparisons
        "attributes[\"method\"] == \"GET\"",
        "attributes[\"status\"] >= 500 and attributes[\"status\"] < 500.5",
        "500.0 == attributes[\"status\"]",
        "attributes[\"ratio\"] > 0 and attributes[\"ratio\"] < 1",
        "attributes[\"none\"] == nil and attributes[\"unset\"] == nil and nil <= nil",
        "attributes[\"method\"] != nil and not (attributes[\"none\"] != nil)",
        "attributes[\"empty\"] == nil",
        "attributes[\"raw\"] == 0xCAFE and attributes[\"raw\"] > 0xca",
        "attributes[\"ok\"] == true and attributes[\"ok\"] > false",
        "attributes[\"digits\"] != 42 and not (attributes[\"digits\"] == 42)",
        "attributes[\"nan\"] != attributes[\"nan\"] and not (attributes[\"nan\"] <= 1)",
        "attributes[\"method\"] < \"H\" and \"F\" < attributes[\"method\"]",
        "attributes[\"list\"] == [\"a\", 2] and attributes[\"list\"] != [\"a\", 2.0]",
        "attributes[\"map\"] == attributes[\"map\"] and attributes == attributes",
        "attributes[\"map\"] != attributes[\"list\"]",
        "name == \"GET \\x2fcarts\" and name != \"\\u00e9\\101\\n\"",
        "-0.5 < .5 and -9223372036854775808 < 0 and 1.5e3 == 1500",
        // indexes
        "attributes[\"map\"][\"k\"][0] == 7 and attributes[\"map\"][\"k\"][1] == \"deep\"",
        "attributes[\"map\"][\"none\"] == nil and attributes[\"none\"][\"k\"] == nil",
        // logic
        "true or false and false",
        "not false and not name == \"x\"",
        "(true or false) and (not (false or false))",
        // arithmetic
        "attributes[\"status\"] / 100 == 5 and attributes[\"status\"] * 2 - 1 == 999",
        "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 7 / 2 == 3 and 7 / 2.0 == 3.5",
        "-(attributes[\"status\"]) == -500 and 3 -1 == 2",
        "end_time_unix_nano - start_time_unix_nano == 6000000000",
        "end_time - start_time > Duration(\"5s\") and end_time - Duration(\"6s\") == start_time",
        // converters
        "IsMatch(name, \"^GET /c.rts$\") and not IsMatch(name, \"post\")",
        "IsMatch(attributes[\"status\"], \"^5..$\") and not IsMatch(attributes[\"none\"], \".*\")",
        "IsMatch(pattern=\"(?i)get\", target=name)",
        "HasPrefix(name, \"GET\") and HasSuffix(name, \"carts\") and not HasPrefix(\"a\", \"ab\")",
        "IsString(name) and not IsString(attributes[\"none\"]) and IsInt(attributes[\"status\"])",
        "IsDouble(attributes[\"ratio\"]) and IsBool(attributes[\"ok\"])",
        "IsMap(attributes[\"map\"]) and IsList(attributes[\"list\"]) and IsMap(attributes)",
        "Len(name) == 10 and Len(attributes) == 12 and Len(attributes[\"list\"]) == 2",
        "Int(attributes[\"digits\"]) == 42 and Int(2.9) == 2 and Int(name) == nil",
        "Double(attributes[\"digits\"]) == 42.0 and Double(true) == 1.0 and Double(\"x\") == nil",
        "String(attributes[\"status\"]) == \"500\" and String(1.50) == \"1.5\"",
        "String(attributes[\"raw\"]) == \"cafe\" and String(attributes[\"none\"]) == nil",
        "IsRootSpan()",
      })
  void isTrueOfTheSample(String expression) {
    assertThat(traces.test(OttlConditions.span(expression))).isEqualTo(Verdict.TRUE);
    assertThat(traces.test(OttlConditions.span("not (" + expression + ")")))
        .isEqualTo(Verdict.FALSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes[\"list\"][2] == 1",
        "attributes[\"list\"][\"k\"] == 1",
        "attributes[\"map\"][0] == 1",
        "attributes[\"method\"][\"k\"] == 1",
        "attributes[\"unset\"][\"k\"] == 1",
        "attributes[\"method\"] + 1 == 2",
        "attributes[\"none\"] * 2 == nil",
        "-attributes[\"method\"] == 1",
        "attributes[\"status\"] / 0 == 1",
        "1.5 / 0.0 > 1",
        "HasPrefix(attributes[\"status\"], \"5\")",
        "HasSuffix(attributes[\"none\"], \"5\")",
        "Len(attributes[\"status\"]) == 3",
        "Int(attributes[\"list\"]) == 3",
        "not IsMatch(attributes[\"map\"], \"a\")",
        "true and Len(attributes[\"none\"]) == 0 or true",
      })
  void failsOverTheSample(String expression) {
    SpanCondition condition = OttlConditions.span(expression);
    assertThat(condition.failure()).isEmpty();
    assertThat(traces.test(condition)).isEqualTo(Verdict.ERROR);
    assertThat(condition.failure()).startsWith("column ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == \"exception\"",
        "spanevent.time_unix_nano == 2000 and span.name == \"GET /carts\"",
        "HasSuffix(attributes[\"exception.type\"], \"IOException\")",
        "time - span.start_time == Duration(\"1us\")",
        "resource.attributes[\"service.name\"] == \"checkout\" and dropped_attributes_count == 0",
      })
  void isTrueOfTheEvent(String expression) {
    assertThat(traces.test(OttlConditions.spanEvent(expression))).isEqualTo(Verdict.TRUE);
  }

  @Test
  void anErrorEndsAListOnlyWhereItPropagates() {
    List<String> conditions = List.of("false", "attributes[\"list\"][9] == 1", "true");
    assertThat(traces.test(OttlConditions.anySpan(conditions, ErrorMode.PROPAGATE)))
        .isEqualTo(Verdict.ERROR);
    assertThat(traces.test(OttlConditions.anySpan(conditions, ErrorMode.IGNORE)))
        .isEqualTo(Verdict.TRUE);
    assertThat(traces.test(OttlConditions.anySpan(conditions.subList(0, 2), ErrorMode.SILENT)))
        .isEqualTo(Verdict.ERROR);
    assertThat(traces.test(OttlConditions.anySpanEvent(List.of("false"), ErrorMode.IGNORE)))
        .isEqualTo(Verdict.FALSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|0|expected: a value or a condition",
        "name|0|expected: a condition",
        "name ==|7|`the end`",
        "name = \"a\"|5|expected: `==`",
        "name == 'a'|8|text in double quotes",
        "name == \"a|8|without an end",
        "name == \"\\d\"|9|`\\\\` is a backslash",
        "true && false|5|expected: `and`",
        "!true|0|expected: `not` or `!=`",
        "1 == 2 == 3|7|do not chain",
        "(name == \"a\"|12|expected: `)`",
        "nane == \"a\"|0|expected: name",
        "spam.name == \"a\"|0|no path `spam.name` in span",
        "attributes.foo == 1|0|attributes[\"foo\"]",
        "attributes[0] == 1|11|a key that",
        "name[\"a\"] == 1|5|a key that",
        "attributes[name] == 1|11|a text in double quotes or a number",
        "spanevent.name == \"a\"|0|no path",
        "kind == SPAN_KIND_SEVER|8|expected: SPAN_KIND_SERVER",
        "IsMatsh(name, \"a\")|0|expected: IsMatch",
        "IsMatch(name, \"(\")|14|a pattern of RE2",
        "IsMatch(name, name)|14|STRING",
        "IsMatch(name)|0|expected: [target, pattern]",
        "IsMatch(target=name, target=name)|21|once",
        "HasPrefix(kind, \"a\")|10|an int",
        "Len(1) == 1|4|an int",
        "Int(\"1\")|0|an int (expected: a condition)",
        "isMatch(name, \"a\")|0|starts in upper case",
        "name + 1 == 2|5|expected: numbers or times",
        "(1 == 1) == true|3|expected: a value",
        "1 == 99999999999999999999|5|64 bits",
        "trace_id == TraceID(0x01)|20|1 bytes (expected: 16)",
        "name == 0x1|8|pairs of hex digits",
        "end_time > Duration(\"5\")|20|a duration such as",
        "name == [name]|9|expected: a literal in a list",
      })
  void tellsWhereAndWhatIsWrong(String row) {
    int second = row.lastIndexOf('|');
    int first = row.lastIndexOf('|', second - 1);
    String expression = row.substring(0, first);
    OttlException e =
        catchThrowableOfType(OttlException.class, () -> OttlConditions.span(expression));
    assertThat(e).as(expression).isNotNull();
    assertThat(e.fault()).contains(row.substring(second + 1).replace("STRING", "a string literal"));
    assertThat(e.offset()).isEqualTo(Integer.parseInt(row.substring(first + 1, second)));
    assertThat(e.excerpt()).isEqualTo(expression + '\n' + " ".repeat(e.offset()) + '^');
  }

  @Test
  void boundsNestingAndLength() {
    for (String deep : List.of("(", "not ", "-", "[", "Len(")) {
      OttlException e =
          catchThrowableOfType(OttlException.class, () -> OttlConditions.span(deep.repeat(10_000)));
      assertThat(e.fault()).contains("nesting");
    }
    OttlException sum =
        catchThrowableOfType(
            OttlException.class, () -> OttlConditions.span("1 " + "+ 1 ".repeat(1000) + "== 1"));
    assertThat(sum.fault()).contains("nesting");
    OttlException length =
        catchThrowableOfType(
            OttlException.class, () -> OttlConditions.span(" ".repeat(Lexer.LENGTH_MAX + 1)));
    assertThat(length.fault()).contains("65537 characters");
    assertThat(traces.test(OttlConditions.span("false or ".repeat(2000) + "true")))
        .isEqualTo(Verdict.TRUE);
  }
}
