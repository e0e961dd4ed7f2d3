package io.millrace.processor.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.SinkConsumer;
import java.util.List;

/** Compares the actions on the bytes with the plain ones. Stateless. */
final class ActionCheck {
  private static final int MARGIN = 5;

  private ActionCheck() {}

  /**
   * Checks one request, which must be valid.
   *
   * @return whether anything has changed
   */
  static boolean check(
      Signal signal,
      Level level,
      byte[] request,
      List<ActionConfig> actions,
      RequestContext context)
      throws InvalidProtocolBufferException {
    byte[] padded = new byte[request.length + 2 * MARGIN];
    System.arraycopy(request, 0, padded, MARGIN, request.length);
    byte[] before = padded.clone();
    OtlpBatch batch =
        new OtlpBatch(
            padded,
            MARGIN,
            request.length,
            signal,
            7,
            new Arrival(0, 0),
            context,
            Ack.of(settlement -> {}));
    SinkConsumer sink = new SinkConsumer();
    new ActionProcessor(actions, level, null, signal, new ByteBudget(1 << 20), sink).consume(batch);

    OtlpBatch output = sink.batches().getFirst();
    assertThat(padded).isEqualTo(before);
    assertThat(output.ack()).isSameAs(batch.ack());
    assertThat(output.items()).isEqualTo(batch.items());
    Message expected = expected(signal, level, request, new PlainActions(actions, context));
    assertThat(parse(signal, output.bytes(), output.offset(), output.length())).isEqualTo(expected);
    if (output != batch) {
      assertThat(output.bytes()).hasSize(output.length());
      OtlpValidator.framing(signal, output.bytes(), 0, output.length());
    }
    return output != batch;
  }

  private static Message expected(Signal signal, Level level, byte[] request, PlainActions actions)
      throws InvalidProtocolBufferException {
    Message.Builder builder = parse(signal, request, 0, request.length).toBuilder();
    if (level == Level.RESOURCE) {
      PlainRecords.editResources(builder, actions);
    } else {
      PlainRecords.editRecords(builder, (resource, scope, record) -> true, actions);
    }
    return builder.build();
  }

  private static Message parse(Signal signal, byte[] bytes, int offset, int length)
      throws InvalidProtocolBufferException {
    return RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes, offset, length);
  }
}
