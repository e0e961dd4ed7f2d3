package io.millrace.pdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.wire.ByteAppender;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import org.junit.jupiter.api.Test;

class AnyValueWriterTest {
  private static String text(AnyValue.Builder value) {
    byte[] bytes = value.build().toByteArray();
    AnyValueView view = new AnyValueView();
    view.wrap(bytes, 0, bytes.length);
    ByteAppender out = new ByteAppender(1);
    new AnyValueWriter().append(view, out);
    return new String(out.copy(), UTF_8);
  }

  private static AnyValue.Builder value() {
    return AnyValue.newBuilder();
  }

  private static KeyValue entry(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void writesPlainValuesAsTheyRead() {
    assertThat(text(value())).isEmpty();
    assertThat(text(value().setStringValue("grün\n"))).isEqualTo("grün\n");
    assertThat(text(value().setBoolValue(false))).isEqualTo("false");
    assertThat(text(value().setIntValue(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(text(value().setIntValue(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
    assertThat(text(value().setIntValue(-10))).isEqualTo("-10");
    assertThat(text(value().setIntValue(0))).isEqualTo("0");
    assertThat(text(value().setDoubleValue(0.1))).isEqualTo("0.1");
    assertThat(text(value().setBytesValue(ByteString.copyFromUtf8("a")))).isEqualTo("YQ==");
  }

  @Test
  void writesListsAsJsonWithSortedKeys() {
    KeyValueList map =
        KeyValueList.newBuilder()
            .addValues(entry("z", value()))
            .addValues(entry("a<", value().setStringValue("q\"\\\n\u0001<&")))
            .addValues(entry("n", value().setDoubleValue(Double.NaN)))
            .addValues(
                entry(
                    "l",
                    value()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(value().setIntValue(1))
                                .addValues(value().setBytesValue(ByteString.copyFromUtf8("a"))))))
            .build();
    assertThat(text(value().setKvlistValue(map)))
        .isEqualTo(
            "{\"a<\":\"q\\\"\\\\\\n\\u0001<&\",\"l\":[1,\"YQ==\"],\"n\":\"NaN\",\"z\":null}");
  }

  @Test
  void escapesTheLineSeparatorsOfJavaScriptInJsonAlone() {
    AnyValue.Builder separated = value().setStringValue("a\u2028b\u2029c\u2027");
    assertThat(text(separated.clone())).isEqualTo("a\u2028b\u2029c\u2027");
    assertThat(text(value().setArrayValue(ArrayValue.newBuilder().addValues(separated))))
        .isEqualTo("[\"a\\u2028b\\u2029c\u2027\"]");
  }

  /** Guarantees: as the collector converts, which differs from what backends are told. */
  @Test
  void theCollectorsTextHasNoJsonForNumbersThatAreNone() {
    AnyValue.Builder nan = value().setDoubleValue(Double.NaN);
    AnyValue.Builder list =
        value().setArrayValue(ArrayValue.newBuilder().addValues(value()).addValues(nan));
    assertThat(collectors(nan)).isEqualTo("json: unsupported value: NaN");
    assertThat(collectors(list)).isEmpty();
    assertThat(
            collectors(
                value()
                    .setKvlistValue(KeyValueList.newBuilder().addValues(entry("l", list.clone())))))
        .isEmpty();
    assertThat(text(list)).isEqualTo("[null,\"NaN\"]");
    assertThat(collectors(value().setIntValue(3))).isEqualTo("3");
    assertThat(AnyValueText.plain(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
  }

  private static String collectors(AnyValue.Builder value) {
    byte[] bytes = value.build().toByteArray();
    AnyValueView view = new AnyValueView();
    view.wrap(bytes, 0, bytes.length);
    return AnyValueText.of(view);
  }
}
