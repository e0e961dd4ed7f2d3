package io.millrace.pdata;

import static io.millrace.pdata.RawFields.concat;
import static io.millrace.pdata.RawFields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.wire.MalformedWireException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The awkward cases of the wire format, each by hand; {@link OtlpValidatorOracleTest} has the rest.
 */
class OtlpValidatorTest {
  private static final byte[] SPAN = Hex.bytes("2a 01 61"); // name: "a"

  @Test
  void emptyRequestHasNoItems() throws Exception {
    assertItems(Signal.TRACES, new byte[0], 0);
    assertItems(Signal.METRICS, new byte[0], 0);
    assertItems(Signal.LOGS, new byte[0], 0);
  }

  @Test
  void requestsOneBehindTheOtherAreOneRequest() throws Exception {
    byte[] one = traces(field(2, SPAN));
    assertItems(Signal.TRACES, concat(one, one), 2);
  }

  @Test
  void refusesInnerLengthThatWouldSwallowTheNextRequest() throws Exception {
    byte[] good = traces(field(2, SPAN));
    byte[] bad = good.clone();
    bad[1] += (byte) good.length;
    byte[] joined = concat(bad, good);

    assertThat(ExportTraceServiceRequest.parseFrom(joined).getResourceSpansCount())
        .as("protobuf-java notices nothing once they are joined")
        .isOne();
    assertRefused(Signal.TRACES, bad, "byte 1: length: 16 (expected: <= 7)");
    assertThatThrownBy(() -> OtlpValidator.framing(Signal.TRACES, joined, 0, bad.length))
        .isInstanceOf(MalformedWireException.class)
        .hasMessage("byte 1: length: 16 (expected: <= 7)");
  }

  @Test
  void refusesLengthsThatLeaveTheirMessageOnEveryLevel() throws Exception {
    assertRefused(
        Signal.TRACES,
        Hex.bytes("0a 02 12 01"),
        "resource_spans[0]: byte 3: length: 1 (expected: <= 0)");
    assertRefused(
        Signal.TRACES,
        Hex.bytes("0a 04 12 02 12 01"),
        "resource_spans[0].scope_spans[0]: byte 5: length: 1 (expected: <= 0)");
    assertRefused(
        Signal.METRICS,
        Hex.bytes("0a 08 12 06 12 04 2a 02 0a 01"),
        "resource_metrics[0].scope_metrics[0].metrics[0].gauge: byte 9: length: 1 (expected: <= 0)");
  }

  @Test
  void framingDoesNotReadRecords() throws Exception {
    byte[] bytes = traces(field(2, SPAN), field(2, Hex.bytes("2a 05 61")));
    assertThat(OtlpValidator.framing(Signal.TRACES, bytes, 0, bytes.length))
        .isEqualTo(new Validated(2, 0));
    assertDeepRefused(
        Signal.TRACES,
        bytes,
        "resource_spans[0].scope_spans[0].spans[1]: byte 12: length: 5 (expected: <= 1)");
  }

  @Test
  void acceptsSingularMessagesInSeveralParts() throws Exception {
    byte[] resource = field(1, field(1, attribute("a", Hex.bytes("18 01"))));
    assertItems(Signal.TRACES, field(1, resource, resource, field(2, field(2, SPAN))), 1);
  }

  @Test
  void acceptsScalarsThatAreOverwritten() throws Exception {
    byte[] traceId = field(1, new byte[16]);
    assertItems(Signal.TRACES, traces(field(2, traceId, traceId, field(1))), 1);
    byte[] value = concat(Hex.bytes("0a 01 61"), Hex.bytes("18 05"), Hex.bytes("2a 00"));
    assertItems(Signal.TRACES, traces(field(2, field(9, attribute("a", value, value)))), 1);
  }

  @Test
  void acceptsFieldsInAnyOrder() throws Exception {
    byte[] scope = field(1, field(1, Hex.bytes("61")));
    byte[] schema = field(3, Hex.bytes("62"));
    byte[] scopes = field(2, schema, field(2, SPAN), scope, field(2, SPAN));
    assertItems(Signal.TRACES, field(1, schema, scopes, field(1)), 2);
  }

  @Test
  void acceptsUnknownFieldsAndEnums() throws Exception {
    byte[] unknown = Hex.bytes("f8 ff ff ff 0f 01  9a 06 02 ff fe  a1 06 0102030405060708");
    byte[] kind = Hex.bytes("30 ff ff ff ff ff ff ff ff ff 01");
    byte[] request = traces(unknown, field(2, kind, unknown));
    byte[] before = request.clone();
    assertItems(Signal.TRACES, concat(unknown, request), 1);
    assertThat(request).isEqualTo(before);
  }

  @Test
  void takesKnownFieldWithAnotherWireTypeForUnknown() throws Exception {
    byte[] spanAsVarint = Hex.bytes("10 01");
    byte[] traceIdAsFixed64 = Hex.bytes("09 ff ff ff ff ff ff ff ff");
    byte[] nameAsVarint = Hex.bytes("28 07");
    assertItems(Signal.TRACES, traces(spanAsVarint, field(2, traceIdAsFixed64, nameAsVarint)), 1);
  }

  @Test
  void skipsGroupsAndRefusesThoseThatDoNotMatch() throws Exception {
    assertItems(Signal.TRACES, traces(field(2, Hex.bytes("4b 0a 01 61 53 54 4c"))), 1);
    assertItems(Signal.TRACES, traces(Hex.bytes("13 08 01 14"), field(2, SPAN)), 1);
    assertDeepRefused(
        Signal.TRACES,
        traces(field(2, Hex.bytes("4c"))),
        "resource_spans[0].scope_spans[0].spans[0]: byte 6: end of group 9 (expected: one that began)");
    assertRefused(
        Signal.TRACES,
        traces(Hex.bytes("13 08 01")),
        "resource_spans[0].scope_spans[0]: byte 5:"
            + " end of the message (expected: end of group 2)");
  }

  @Test
  void countsGroupsInAllTheMessagesAroundThem() throws Exception {
    assertItems(Signal.TRACES, traces(field(2, groups(97))), 1);
    assertDeepRefused(Signal.TRACES, traces(field(2, groups(98))), "nesting: 101");
  }

  @Test
  void refusesTagsThatCannotBe() throws Exception {
    assertRefused(Signal.LOGS, Hex.bytes("00"), "byte 0: tag: 0 (expected: a field number");
    assertRefused(Signal.LOGS, Hex.bytes("0e"), "byte 0: wire type 6 of field 1");
    assertRefused(Signal.LOGS, Hex.bytes("8a 80 80 80 10 00"), "byte 0: tag: 4294967306");
  }

  @ParameterizedTest
  @ValueSource(strings = {"83 00", "83 80 80 00", "83 80 80 80 00", "83808080808080808000"})
  void acceptsPaddedLengthsAndTags(String three) throws Exception {
    byte[] span = concat(Hex.bytes("92 00"), Hex.bytes(three), SPAN);
    assertItems(Signal.TRACES, traces(span), 1);
    byte[] name = concat(Hex.bytes("aa 80 00"), Hex.bytes(three), Hex.bytes("61 62 63"));
    assertItems(Signal.TRACES, traces(field(2, name)), 1);
  }

  @Test
  void acceptsArraysPackedAndUnpackedAndBoth() throws Exception {
    byte[] packed = field(6, new byte[16]);
    byte[] unpacked = Hex.bytes("31 0102030405060708");
    assertItems(Signal.METRICS, metrics(field(9, field(1, packed, unpacked, packed))), 1);
    byte[] buckets = field(8, field(2, Hex.bytes("01 ac 02")), Hex.bytes("10 05"), field(2));
    assertItems(Signal.METRICS, metrics(field(10, field(1, buckets))), 1);
  }

  @Test
  void refusesPackedArraysThatEndInsideANumber() throws Exception {
    assertDeepRefused(
        Signal.METRICS,
        metrics(field(9, field(1, field(6, new byte[12])))),
        "resource_metrics[0].scope_metrics[0].metrics[0].histogram.data_points[0]: byte 11:"
            + " packed array of 12 bytes (expected: a multiple of 8)");
    assertDeepRefused(
        Signal.METRICS,
        metrics(field(10, field(1, field(9, field(2, Hex.bytes("01 ac"))), Hex.bytes("50 01")))),
        "data_points[0].negative: byte 15: varint without an end in 1 bytes");
  }

  @Test
  void repairsTextWhereItStandsAndNothingElse() throws Exception {
    byte[] bad = {'a', (byte) 0xff, 'b'};
    byte[] request =
        traces(
            field(
                2,
                field(5, bad),
                field(9, attribute("k", field(1, bad))),
                field(9, attribute("k", field(7, bad))),
                field(99, bad),
                field(15, field(2, Hex.bytes("e2 82")))));
    byte[] expected = request.clone();
    replace(expected, 0xff, 2);
    replace(expected, 0xe2, 1);
    replace(expected, 0x82, 1);

    assertThat(OtlpValidator.framing(Signal.TRACES, request, 0, request.length).repairedBytes())
        .isZero();
    assertThat(OtlpValidator.deep(Signal.TRACES, request, 0, request.length))
        .isEqualTo(new Validated(1, 4));
    assertThat(request).isEqualTo(expected);
    assertThat(ProtobufOracle.accepts(Signal.TRACES, request)).isTrue();
  }

  @Test
  void staysInsideItsRange() throws Exception {
    byte[] request = traces(field(2, field(5, Hex.bytes("ff"))));
    byte[] array = concat(Hex.bytes("ff ff"), request, Hex.bytes("ff ff"));
    assertThat(OtlpValidator.deep(Signal.TRACES, array, 2, request.length))
        .isEqualTo(new Validated(1, 1));
    assertThat(array).startsWith(0xff, 0xff).endsWith(0xff, 0xff);
    array[array.length - 4]++;
    assertThatThrownBy(() -> OtlpValidator.deep(Signal.TRACES, array, 2, request.length))
        .hasMessageContaining("byte 7: length: 2 (expected: <= 1)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 15, 17, 32})
  void refusesIdsOfOddSizeAsTheGoCollectorDoes(int size) throws Exception {
    byte[] bad = new byte[size];
    String expected = size == 8 ? "trace_id: 8 bytes (expected: 0 or 16)" : "trace_id: " + size;
    assertDeepRefused(Signal.TRACES, traces(field(2, field(1, bad))), expected);
    assertDeepRefused(Signal.TRACES, traces(field(2, field(13, field(1, bad)))), "links[0]: byte");
    assertDeepRefused(Signal.LOGS, traces(field(2, field(9, bad))), expected);
    byte[] exemplar = field(5, field(5, bad));
    assertDeepRefused(Signal.METRICS, metrics(field(5, field(1, exemplar))), "exemplars[0]: byte");
  }

  @Test
  void refusesSpanIdsOfOddSize() throws Exception {
    byte[] bad = new byte[16];
    assertDeepRefused(Signal.TRACES, traces(field(2, field(2, bad))), "]: byte 7: span_id: 16");
    assertDeepRefused(Signal.TRACES, traces(field(2, field(4, bad))), "]: byte 7: parent_span_id");
    assertDeepRefused(Signal.TRACES, traces(field(2, field(13, field(2, bad)))), "span_id: 16");
    assertDeepRefused(Signal.LOGS, traces(field(2, field(10, bad))), "span_id: 16 bytes (expect");
    byte[] exemplar = field(5, field(4, bad));
    assertDeepRefused(Signal.METRICS, metrics(field(7, field(1, exemplar))), "span_id: 16 bytes");
  }

  @Test
  void acceptsEmptyIds() throws Exception {
    assertItems(Signal.TRACES, traces(field(2, field(1), field(2), field(4))), 1);
  }

  @Test
  void limitsHowDeepValuesNest() throws Exception {
    for (int member : new int[] {5, 6}) {
      assertItems(Signal.LOGS, traces(field(2, field(5, nested(member, 32)))), 1);
      assertDeepRefused(
          Signal.LOGS,
          traces(field(2, field(5, nested(member, 33)))),
          "value nested 33 deep (expected: <= 32)");
    }
  }

  @Test
  void limitsHowDeepMessagesNestAltogether() throws Exception {
    byte[] exemplar = field(5, field(7, attribute("k", nested(6, 32))));
    assertDeepRefused(
        Signal.METRICS, metrics(field(5, field(1, exemplar))), "nesting: 101 (expected: <= 100)");
  }

  @Test
  void acceptsTheDictionaryFieldsOfProfiles() throws Exception {
    byte[] attribute = concat(Hex.bytes("18 07"), field(2, Hex.bytes("40 05")));
    assertItems(Signal.TRACES, traces(field(2, field(9, attribute))), 1);
  }

  @Test
  void countsPointsOfTheLastMemberOfTheData() throws Exception {
    byte[] gauge = field(5, field(1), field(1));
    byte[] sum = field(7, field(1), field(1), field(1));
    assertItems(Signal.METRICS, metrics(gauge), 2);
    assertItems(Signal.METRICS, metrics(gauge, gauge), 4);
    assertItems(Signal.METRICS, metrics(gauge, sum), 3);
    assertItems(Signal.METRICS, metrics(gauge, sum, gauge), 2);
    assertItems(Signal.METRICS, metrics(), 0);
    assertItems(Signal.METRICS, metrics(field(11, field(1)), field(4, field(1))), 1);
  }

  @Test
  void takesOldInstrumentationLibrariesForScopesWhereThereAreNone() throws Exception {
    byte[] libraries = field(1000, field(2, SPAN), field(2, SPAN));
    assertItems(Signal.TRACES, field(1, libraries), 2);
    assertItems(Signal.TRACES, field(1, libraries, field(2, field(2, SPAN))), 1);
    assertItems(Signal.TRACES, field(1, libraries, field(2)), 0);
    assertItems(Signal.METRICS, field(1, field(1000, field(2, field(5, field(1))))), 1);
  }

  @Test
  void refusesDamagedInstrumentationLibrariesThatProtobufWouldKeep() throws Exception {
    byte[] bytes = field(1, field(1000, field(2, Hex.bytes("2a 05 61"))));
    assertThat(ProtobufOracle.accepts(Signal.TRACES, bytes)).isTrue();
    assertDeepRefused(
        Signal.TRACES,
        bytes,
        "resource_spans[0].instrumentation_library_spans[0].spans[0]: byte 8");
  }

  @Test
  void refusesVarintsOfMoreThanTenBytesThatProtobufWouldOverlook() throws Exception {
    byte[] bytes = Hex.bytes("f8 ff ff ff 0f  ca 86 8c a6 e7 b9 8f 80 b9 81");
    assertThat(ProtobufOracle.accepts(Signal.TRACES, bytes)).isTrue();
    assertRefused(Signal.TRACES, bytes, "byte 5: varint without an end in 10 bytes");
  }

  @Test
  void refusesWideLengthsThatProtobufWouldCutShort() throws Exception {
    byte[] bytes = Hex.bytes("1a 82 80 80 80 10 61 62");
    assertThat(ProtobufOracle.accepts(Signal.TRACES, bytes)).isTrue();
    assertRefused(Signal.TRACES, bytes, "byte 1: length: 4294967298 (expected: <= 2)");
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void profilesAreOneOpaqueItemAndAllOthersAreNot(Signal signal) {
    byte[] garbage = Hex.bytes("ff ff ff");
    if (signal == Signal.PROFILES) {
      assertThat(OtlpValidator.framing(signal, garbage, 0, 3)).isEqualTo(new Validated(1, 0));
      assertThat(OtlpValidator.deep(signal, garbage, 0, 3)).isEqualTo(new Validated(1, 0));
      return;
    }
    assertThatThrownBy(() -> OtlpValidator.framing(signal, garbage, 0, 3))
        .isInstanceOf(MalformedWireException.class);
  }

  private static void assertItems(Signal signal, byte[] bytes, int items) throws Exception {
    byte[] before = bytes.clone();
    assertThat(DeepValidationCheck.check(signal, bytes)).isTrue();
    assertThat(OtlpValidator.deep(signal, bytes, 0, bytes.length))
        .isEqualTo(new Validated(items, 0));
    assertThat(bytes).isEqualTo(before);
  }

  private static void assertRefused(Signal signal, byte[] bytes, String message) throws Exception {
    assertThatThrownBy(() -> OtlpValidator.framing(signal, bytes, 0, bytes.length))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageStartingWith(message);
    assertDeepRefused(signal, bytes, message);
  }

  private static void assertDeepRefused(Signal signal, byte[] bytes, String message)
      throws Exception {
    assertThat(DeepValidationCheck.check(signal, bytes)).isFalse();
    assertThatThrownBy(() -> OtlpValidator.deep(signal, bytes, 0, bytes.length))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageContaining(message);
  }

  /** Returns a request of one scope with these fields; the numbers are those of all signals. */
  private static byte[] traces(byte[]... fieldsOfScope) {
    return field(1, field(2, fieldsOfScope));
  }

  private static byte[] metrics(byte[]... fieldsOfMetric) {
    return traces(field(2, fieldsOfMetric));
  }

  /** Returns the content of an attribute, with one value field for each of the values. */
  private static byte[] attribute(String key, byte[]... values) {
    byte[] attribute = field(1, key.getBytes(StandardCharsets.UTF_8));
    for (byte[] value : values) {
      attribute = concat(attribute, field(2, value));
    }
    return attribute;
  }

  /** Returns the content of a value with so many values in each other, itself among them. */
  private static byte[] nested(int member, int depth) {
    byte[] value = Hex.bytes("10 01");
    for (int i = 1; i < depth; i++) {
      value = field(member, member == 5 ? field(1, value) : field(1, field(2, value)));
    }
    return value;
  }

  private static byte[] groups(int depth) {
    byte[] groups = new byte[2 * depth];
    for (int i = 0; i < depth; i++) {
      groups[i] = (byte) 0x7b;
      groups[depth + i] = (byte) 0x7c;
    }
    return groups;
  }

  private static void replace(byte[] bytes, int original, int count) {
    int left = count;
    for (int i = 0; left > 0; i++) {
      if (bytes[i] == (byte) original) {
        bytes[i] = '?';
        left--;
      }
    }
  }
}
