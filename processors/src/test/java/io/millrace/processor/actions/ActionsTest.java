package io.millrace.processor.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.SinkConsumer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the differential test would find too, said in examples. */
class ActionsTest {
  private static final ActionConfig DELETE = action("secret", ActionType.DELETE);
  private static final ByteBudget BUDGET = new ByteBudget(1 << 20);

  @Test
  void aBatchWithoutAMatchIsPassedOnAsItIs() {
    OtlpBatch batch = OtlpSamples.spans(3);
    SinkConsumer sink = new SinkConsumer();
    new ActionProcessor(List.of(DELETE), Level.RECORD, null, Signal.TRACES, BUDGET, sink)
        .consume(batch);

    assertThat(sink.batches()).containsExactly(batch);
  }

  @Test
  void whatIsInsertedAndDeletedAgainLeavesNothing() {
    OtlpBatch batch = OtlpSamples.spans(3);
    SinkConsumer sink = new SinkConsumer();
    ActionConfig insert =
        new ActionConfig("secret", ActionType.INSERT, "x", "", "", null, "", null);
    new ActionProcessor(List.of(insert, DELETE), Level.RECORD, null, Signal.TRACES, BUDGET, sink)
        .consume(batch);

    assertThat(sink.batches()).containsExactly(batch);
  }

  /** Ours: the collector leaves the second as it is. */
  @Test
  void aKeyThatStandsTwiceIsDeletedAndHashedTwice() throws Exception {
    List<KeyValue> attributes =
        List.of(text("secret", "a"), text("other", "b"), text("secret", "c"));

    assertThat(edited(attributes, DELETE)).containsExactly(text("other", "b"));
    assertThat(edited(attributes, action("secret", ActionType.HASH)))
        .extracting(attribute -> attribute.getValue().getStringValue().length())
        .containsExactly(64, 1, 64);
  }

  private static List<KeyValue> edited(List<KeyValue> attributes, ActionConfig action)
      throws InvalidProtocolBufferException {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpansBuilder()
        .addAllAttributes(attributes);
    byte[] bytes = request.build().toByteArray();
    OtlpBatch batch = OtlpSamples.spans(1);
    SinkConsumer sink = new SinkConsumer();
    new ActionProcessor(List.of(action), Level.RECORD, null, Signal.TRACES, BUDGET, sink)
        .consume(batch.withBytes(bytes, 1, batch.ack()));
    return ExportTraceServiceRequest.parseFrom(sink.batches().getFirst().bytes())
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0)
        .getAttributesList();
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12.0",
    "+1.5e3, 1500.0",
    "1_000.5, 1000.5",
    "0x1p-2, 0.25",
    ".5, 0.5",
    "5., 5.0",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN",
    "1e-999, 0.0"
  })
  void readsFloatsAsGoDoes(String text, Double expected) {
    assertThat(GoNumber.parseFloat(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"' 1'", "1d", "1_", "_1", "1__0", "1e999", "+nan", "0x1", "infinit", "''", "1e"})
  void refusesFloatsThatGoRefuses(String text) {
    assertThat(GoNumber.parseFloat(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "+7, 7", "-9223372036854775808, -9223372036854775808", "007, 7"})
  void readsIntsAsGoDoes(String text, long expected) {
    assertThat(GoNumber.parseInt(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1_0", "9223372036854775808", "1.0", "' 1'", "''", "٣"})
  void refusesIntsThatGoRefuses(String text) {
    assertThat(GoNumber.parseInt(text)).isNull();
  }

  private static ActionConfig action(String key, ActionType type) {
    return new ActionConfig(key, type, null, "", "", null, "", null);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
