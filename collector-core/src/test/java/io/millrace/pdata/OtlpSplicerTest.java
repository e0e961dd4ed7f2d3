package io.millrace.pdata;

import static io.millrace.pdata.RawFields.concat;
import static io.millrace.pdata.RawFields.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpSplicer.Level;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where edits are led to: scopes in any form, and the old field 1000. */
class OtlpSplicerTest {
  private static final int OLD_SCOPES = 1000;
  private static final byte[] ADDED = KeyValue.newBuilder().setKey("added").build().toByteArray();
  private static final byte[] SPAN_A = field(2, field(5, ascii("a")));
  private static final byte[] SPAN_B = field(2, field(5, ascii("b")));

  /** Appends an attribute, whatever there is. */
  private static final MessageEdit APPEND =
      (splice, offset, length, tag) -> {
        splice.content().putBytesField(tag, ADDED, 0, ADDED.length);
        splice.replace(offset + length, offset + length);
      };

  @Test
  void editsScopes() throws Exception {
    byte[] scope = field(1, field(1, ascii("lib")), field(2, ascii("1")));
    byte[] request =
        field(1, field(2, scope, SPAN_A), field(2, scope, SPAN_B, field(3, ascii("u"))));
    ExportTraceServiceRequest edited = edited(Level.SCOPE, request);

    for (ScopeSpans spans : edited.getResourceSpans(0).getScopeSpansList()) {
      assertThat(spans.getScope().getName()).isEqualTo("lib");
      assertThat(spans.getScope().getAttributesList()).containsExactly(KeyValue.parseFrom(ADDED));
      assertThat(spans.getSpans(0).getAttributesCount()).isZero();
    }
    assertThat(edited.getResourceSpans(0).getScopeSpans(1).getSchemaUrl()).isEqualTo("u");
  }

  @Test
  void editsAScopeInPartsAsTheOneItIs() throws Exception {
    byte[] name = field(1, field(1, ascii("lib")));
    byte[] version = field(1, field(2, ascii("1")));
    InstrumentationScope scope =
        edited(Level.SCOPE, field(1, field(2, name, SPAN_A, version)))
            .getResourceSpans(0)
            .getScopeSpans(0)
            .getScope();

    assertThat(scope.getName()).isEqualTo("lib");
    assertThat(scope.getVersion()).isEqualTo("1");
    assertThat(scope.getAttributesList()).containsExactly(KeyValue.parseFrom(ADDED));
  }

  @Test
  void editsTheEmptyScopeThatIsNotThere() throws Exception {
    ScopeSpans spans =
        edited(Level.SCOPE, field(1, field(2, SPAN_A))).getResourceSpans(0).getScopeSpans(0);

    assertThat(spans.getScope().getAttributesList()).containsExactly(KeyValue.parseFrom(ADDED));
    assertThat(spans.getSpans(0).getName()).isEqualTo("a");
  }

  /** Guarantees: an attribute that is to go is not found in a field that an old reader reads. */
  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"SCOPE", "RECORD"})
  void editsTheOldFieldWhetherItCountsOrNot(Level level) throws Exception {
    byte[] old = field(OLD_SCOPES, field(1, field(1, ascii("lib"))), SPAN_A);
    byte[] current = field(2, field(1, field(1, ascii("lib"))), SPAN_B);
    for (byte[] request : new byte[][] {field(1, old), field(1, old, current)}) {
      ExportTraceServiceRequest edited = edited(level, request);
      assertAdded(
          level,
          ScopeSpans.parseFrom(
              edited
                  .getResourceSpans(0)
                  .getUnknownFields()
                  .getField(OLD_SCOPES)
                  .getLengthDelimitedList()
                  .getFirst()));
      for (ScopeSpans spans : edited.getResourceSpans(0).getScopeSpansList()) {
        assertAdded(level, spans);
      }
    }
  }

  private static void assertAdded(Level level, ScopeSpans spans) throws Exception {
    Span span = spans.getSpans(0);
    assertThat(
            level == Level.SCOPE ? spans.getScope().getAttributesList() : span.getAttributesList())
        .containsExactly(KeyValue.parseFrom(ADDED));
    assertThat(spans.getScope().getName()).isEqualTo("lib");
  }

  @Test
  void aFilterTakesOutWhatCountsAndWhatIsLeftWithoutRecords() throws Exception {
    byte[] old = field(OLD_SCOPES, SPAN_A);
    byte[] both = field(1, old, field(2, SPAN_B));
    byte[] mixed = field(1, field(2, SPAN_A, SPAN_A), field(2, SPAN_A, SPAN_B, SPAN_A));
    byte[] gone = field(1, field(2, SPAN_A));
    ListenedAck end = new ListenedAck();
    OtlpBatch output = filtered(concat(gone, both, mixed, field(1, old)), 8, end);
    ExportTraceServiceRequest expected =
        ExportTraceServiceRequest.parseFrom(concat(both, field(1, field(2, SPAN_B))));

    assertThat(output.items()).isEqualTo(2);
    assertThat(ExportTraceServiceRequest.parseFrom(output.bytes())).isEqualTo(expected);
    output.ack().delivered();
    assertThat(end.settlement).isEqualTo(Settlement.dropped("not_b"));
  }

  @Test
  void whatAFilterKeepsWholeStaysAsItIs() {
    byte[] request = field(1, field(2, SPAN_B));
    OtlpBatch batch = batch(request, 1, new ListenedAck());
    OtlpSplicer splicer = OtlpSplicer.filtering(Signal.TRACES, new OnlyB(), (_, _, _, _) -> {});

    assertThat(splicer.edit(batch)).isTrue();
    assertThat(splicer.apply()).isSameAs(batch);
  }

  @Test
  void aFilterTakesOutWhatArrivedEmptyToo() throws Exception {
    byte[] request = concat(field(1), field(1, field(2), field(2, SPAN_B)));

    assertThat(ExportTraceServiceRequest.parseFrom(filtered(request, 1, new ListenedAck()).bytes()))
        .isEqualTo(ExportTraceServiceRequest.parseFrom(field(1, field(2, SPAN_B))));
  }

  @Test
  void nothingIsLeftWhenNothingIsKept() {
    ListenedAck end = new ListenedAck();

    assertThat(filteredOrNull(field(1, field(2, SPAN_A, SPAN_A)), 2, end)).isNull();
    assertThat(end.settlement).isEqualTo(Settlement.dropped("not_b"));
  }

  private static final class ListenedAck extends Ack {
    private Settlement settlement = Settlement.HELD;

    @Override
    protected void settled(Settlement settled) {
      settlement = settled;
    }
  }

  private static final class OnlyB implements RecordFilter {
    @Override
    public void begin() {}

    @Override
    public boolean keeps(byte[] bytes, int offset, int length) {
      return length > 0 && bytes[offset + length - 1] == 'b';
    }

    @Override
    public void end() {}

    @Override
    public Settlement fate() {
      return Settlement.dropped("not_b");
    }
  }

  private static OtlpBatch filtered(byte[] request, int items, Ack ack) {
    return Objects.requireNonNull(filteredOrNull(request, items, ack));
  }

  private static @Nullable OtlpBatch filteredOrNull(byte[] request, int items, Ack ack) {
    OtlpSplicer splicer = OtlpSplicer.filtering(Signal.TRACES, new OnlyB(), (_, _, _, _) -> {});
    assertThat(splicer.edit(batch(request, items, ack))).isTrue();
    return splicer.apply();
  }

  private static ExportTraceServiceRequest edited(Level level, byte[] request) throws Exception {
    OtlpSplicer splicer = new OtlpSplicer(Signal.TRACES, level, null, APPEND);
    assertThat(splicer.edit(batch(request, 2, new ListenedAck()))).isTrue();
    return ExportTraceServiceRequest.parseFrom(Objects.requireNonNull(splicer.apply()).bytes());
  }

  private static OtlpBatch batch(byte[] request, int items, Ack ack) {
    return new OtlpBatch(
        request,
        0,
        request.length,
        Signal.TRACES,
        items,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        ack);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
