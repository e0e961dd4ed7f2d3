package io.millrace.transport.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.Signal;
import io.millrace.testkit.json.JsonOracle;
import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireWriter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What the writer writes is what the oracle reads as the message of protobuf-java. */
final class OtlpJsonWriterTest {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @ParameterizedTest
  @EnumSource(Signal.class)
  void writesWhatTheOracleReads(Signal signal) throws IOException {
    for (int seed = 0; seed < 400; seed++) {
      Message request = new RandomOtlp(seed).request(signal, seed % 60);

      String json = write(signal, request.toByteArray());

      assertThat(JsonOracle.read(signal, json)).as("seed %s: %s", seed, json).isEqualTo(request);
    }
  }

  /** Parts, repetitions, unknown fields and unpacked numbers on the wire; each key once in JSON. */
  @ParameterizedTest
  @EnumSource(Signal.class)
  void writesOddWireFormsAsProtobufReadsThem(Signal signal) throws IOException {
    for (int seed = 0; seed < 400; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      Message request = random.request(signal, seed % 40);

      String json = write(signal, random.bytes(request));

      assertThat(JsonOracle.read(signal, json)).as("seed %s: %s", seed, json).isEqualTo(request);
      checkKeys(json);
    }
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void bringsItsOwnTextBackToTheSameMessage(Signal signal) throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Message request = new RandomOtlp(seed).request(signal, seed % 40);
      byte[] json = write(signal, request.toByteArray()).getBytes(UTF_8);

      OtlpJsonReader reader = new OtlpJsonReader(new ByteBudget(1 << 26), 1 << 24, json);

      assertThat(reader.read(signal)).isNull();
      assertThat(request.getParserForType().parseFrom(reader.bytes())).isEqualTo(request);
    }
  }

  /** Damaged bytes end in one way only. */
  @ParameterizedTest
  @EnumSource(Signal.class)
  void damagedBytesAreMalformedOrWritten(Signal signal) throws IOException {
    int written = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new RandomOtlp(seed).request(signal, 1 + seed % 20).toByteArray();
      for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        checkKeys(write(signal, bytes));
        written++;
      } catch (MalformedWireException e) {
        assertThat(e.getMessage()).startsWith("byte ");
      }
    }
    assertThat(written).isBetween(100, 1_999);
  }

  @ParameterizedTest
  @CsvSource({"trace, TRACES", "metrics, METRICS", "logs, LOGS", "event, LOGS"})
  void bringsTheShapesOfThePublishedExamplesThere(String name, Signal signal) throws IOException {
    String example = resource("example-" + name + ".json");
    byte[] json = example.getBytes(UTF_8);
    OtlpJsonReader reader = new OtlpJsonReader(new ByteBudget(1 << 24), 1 << 20, json);
    assertThat(reader.read(signal)).isNull();
    Message oracle = JsonOracle.read(signal, example);

    assertThat(oracle.getParserForType().parseFrom(reader.bytes())).isEqualTo(oracle);
    assertThat(JsonOracle.read(signal, write(signal, reader.bytes()))).isEqualTo(oracle);
  }

  @Test
  void writesIdsInHexadecimalAndLongNumbersAsTexts() throws IOException {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
            .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
            .setName("I \"am\" a/span\n")
            .setKind(SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(-1)
            .setFlags(-1)
            .build();

    assertThat(write(Signal.TRACES, request(span).toByteArray()))
        .isEqualTo(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{"
                + "\"traceId\":\"5b8efff798038103d269b633813fc60c\","
                + "\"spanId\":\"eee19b7ec3c1b174\","
                + "\"name\":\"I \\\"am\\\" a/span\\n\","
                + "\"kind\":2,"
                + "\"startTimeUnixNano\":\"18446744073709551615\","
                + "\"flags\":4294967295"
                + "}]}]}]}");
  }

  @Test
  void writesEveryKindOfValue() throws IOException {
    assertThat(body(AnyValue.newBuilder().setIntValue(Long.MIN_VALUE)))
        .isEqualTo("{\"intValue\":\"-9223372036854775808\"}");
    assertThat(body(AnyValue.newBuilder().setIntValue(0))).isEqualTo("{\"intValue\":\"0\"}");
    assertThat(body(AnyValue.newBuilder().setStringValue(""))).isEqualTo("{\"stringValue\":\"\"}");
    assertThat(body(AnyValue.newBuilder().setBoolValue(true))).isEqualTo("{\"boolValue\":true}");
    assertThat(body(AnyValue.newBuilder().setDoubleValue(Double.NaN)))
        .isEqualTo("{\"doubleValue\":\"NaN\"}");
    assertThat(body(AnyValue.newBuilder().setDoubleValue(Double.NEGATIVE_INFINITY)))
        .isEqualTo("{\"doubleValue\":\"-Infinity\"}");
    assertThat(body(AnyValue.newBuilder().setBytesValue(ByteString.fromHex("00fffe"))))
        .isEqualTo("{\"bytesValue\":\"AP/+\"}");
    assertThat(body(AnyValue.newBuilder())).isEqualTo("{}");
  }

  @Test
  void keepsPresenceOfNumbers() throws IOException {
    NumberDataPoint zero = NumberDataPoint.newBuilder().setAsInt(0).build();
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .getGaugeBuilder()
        .addDataPoints(zero);

    assertThat(write(Signal.METRICS, request.build().toByteArray()))
        .contains("\"dataPoints\":[{\"asInt\":\"0\"}]");
  }

  @Test
  void overwritesWhatIsNotUtf8() throws IOException {
    byte[] bytes = request(Span.newBuilder().setName("a_b").build()).toByteArray();
    bytes[bytes.length - 2] = (byte) 0xff;
    byte[] before = bytes.clone();

    assertThat(write(Signal.TRACES, bytes)).contains("\"name\":\"a?b\"");
    assertThat(bytes).isEqualTo(before);
  }

  @Test
  void refusesMessagesNestedWithoutEnd() {
    WireWriter out = new WireWriter(1 << 16);
    int end = out.mark();
    for (int i = 0; i < 1_000; i++) {
      out.endMessage(1 << 3 | 2, end); // ArrayValue.values
      out.endMessage(5 << 3 | 2, end); // AnyValue.array_value
    }
    out.endMessage(5 << 3 | 2, end); // LogRecord.body
    out.endMessage(2 << 3 | 2, end);
    out.endMessage(2 << 3 | 2, end);
    out.endMessage(1 << 3 | 2, end);

    assertThatThrownBy(() -> write(Signal.LOGS, out.toByteArray()))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageContaining("nested");
  }

  /** Parts within parts have to be copied at every level. */
  @Test
  void refusesAMessageInTooManyParts() {
    WireWriter out = new WireWriter(1 << 18);
    int end = out.mark();
    out.writeString(1 << 3 | 2, "x".repeat(100_000)); // AnyValue.string_value
    for (int i = 0; i < 20; i++) {
      out.endMessage(1 << 3 | 2, end); // ArrayValue.values
      out.endMessage(5 << 3 | 2, end); // AnyValue.array_value
      out.endMessage(5 << 3 | 2, out.mark()); // and an empty one in front of it
    }
    out.endMessage(5 << 3 | 2, end); // LogRecord.body
    out.endMessage(2 << 3 | 2, end);
    out.endMessage(2 << 3 | 2, end);
    out.endMessage(1 << 3 | 2, end);

    assertThatThrownBy(() -> write(Signal.LOGS, out.toByteArray()))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageContaining("too many parts");
  }

  @Test
  void throwsWhatTheTargetThrows() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("full");
          }
        };
    byte[] bytes = request(Span.newBuilder().setName("x".repeat(50_000)).build()).toByteArray();

    assertThatThrownBy(() -> OtlpJsonWriter.write(Signal.TRACES, bytes, 0, bytes.length, full))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
  }

  private static String body(AnyValue.Builder value) throws IOException {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request
        .addResourceLogsBuilder()
        .addScopeLogsBuilder()
        .addLogRecords(LogRecord.newBuilder().setBody(value));
    String json = write(Signal.LOGS, request.build().toByteArray());
    String before = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":";
    assertThat(json).startsWith(before).endsWith("}]}]}]}");
    return json.substring(before.length(), json.length() - "}]}]}]}".length());
  }

  private static ExportTraceServiceRequest request(Span span) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    return request.build();
  }

  /** Writes the middle of a larger array. */
  private static String write(Signal signal, byte[] bytes) throws IOException {
    byte[] padded = new byte[bytes.length + 20];
    Arrays.fill(padded, (byte) 0xff);
    System.arraycopy(bytes, 0, padded, 10, bytes.length);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    OtlpJsonWriter.write(signal, padded, 10, bytes.length, target);
    return target.toString(UTF_8);
  }

  /** Requires JSON in which no object has a key twice. */
  private static void checkKeys(String json) {
    try (JsonParser in = STRICT.createParser(ObjectReadContext.empty(), json)) {
      while (in.nextToken() != null) {
        assertThat(in.currentToken()).isNotNull();
      }
    }
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(OtlpJsonWriterTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
