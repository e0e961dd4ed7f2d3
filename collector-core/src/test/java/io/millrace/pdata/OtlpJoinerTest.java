package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OtlpJoinerTest {
  private static final int SEEDS = 300;
  private static final Arrival EARLY = new Arrival(5, 1_000);
  private static final Arrival LATE = new Arrival(9, 1_004);

  private final List<String> settled = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void joinedBytesAreTheMergeOfTheMessages(Signal signal) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      Message.Builder merged = RandomOtlp.emptyRequest(signal).newBuilderForType();
      List<OtlpBatch> batches = new ArrayList<>();
      for (int i = 0; i <= seed % 4; i++) {
        byte[] bytes = random.bytes(random.request(signal, seed % 60));
        merged.mergeFrom(bytes);
        batches.add(batch(signal, bytes, 0, LATE));
      }
      OtlpBatch joined = OtlpJoiner.join(batches, RequestContext.EMPTY);
      assertThat(merged.getDefaultInstanceForType().getParserForType().parseFrom(bytes(joined)))
          .as("seed %d", seed)
          .isEqualTo(merged.build());
    }
  }

  @Test
  void copiesOnlyTheRangesIntoOneExactArray() {
    byte[] around = Hex.bytes("ff ff 0a 00 ff");
    OtlpBatch inside =
        new OtlpBatch(
            around, 2, 2, Signal.LOGS, 0, LATE, RequestContext.EMPTY, Ack.of(settlement -> {}));
    OtlpBatch joined = OtlpJoiner.join(List.of(inside, inside), RequestContext.EMPTY);

    assertThat(joined.bytes()).isEqualTo(Hex.bytes("0a 00 0a 00"));
    assertThat(joined.offset()).isZero();
    assertThat(joined.length()).isEqualTo(4);
  }

  @Test
  void joinedBatchAddsItemsAndIsAsOldAsTheEarliest() {
    RequestContext context = new RequestContext(Map.of("tenant", List.of("a")), Map.of(), "");
    OtlpBatch joined =
        OtlpJoiner.join(
            List.of(
                batch(Signal.TRACES, new byte[0], 3, LATE),
                batch(Signal.TRACES, new byte[0], 4, EARLY)),
            context);

    assertThat(joined.items()).isEqualTo(7);
    assertThat(joined.arrival()).isEqualTo(EARLY);
    assertThat(joined.context()).isEqualTo(context);
    assertThat(joined.signal()).isEqualTo(Signal.TRACES);
  }

  @Test
  void acksAreSettledSenderBySender() {
    OtlpBatch joined =
        OtlpJoiner.join(
            List.of(
                batch(Signal.LOGS, new byte[0], 2, EARLY),
                batch(Signal.LOGS, new byte[0], 1, LATE)),
            RequestContext.EMPTY);
    List<Ack> acks = joined.ack().split(2, 1);

    acks.get(1).settle(Settlement.rejected("poison"));
    assertThat(settled).containsExactly("1 REJECTED");
    acks.get(0).delivered();
    assertThat(settled).containsExactly("1 REJECTED", "2 DELIVERED");
  }

  @Test
  void singleBatchIsNotCopied() {
    OtlpBatch batch = batch(Signal.LOGS, Hex.bytes("0a 00"), 1, EARLY);
    OtlpBatch joined = OtlpJoiner.join(List.of(batch), RequestContext.EMPTY);

    assertThat(joined.bytes()).isSameAs(batch.bytes());
    assertThat(joined.ack()).isSameAs(batch.ack());
  }

  @Test
  void refusesWhatCannotBeJoined() {
    OtlpBatch profile = batch(Signal.PROFILES, new byte[0], 1, EARLY);
    OtlpBatch span = batch(Signal.TRACES, new byte[0], 1, EARLY);
    OtlpBatch log = batch(Signal.LOGS, new byte[0], 1, EARLY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpJoiner.join(List.of(), RequestContext.EMPTY))
        .withMessage("batches: none (expected: at least one)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpJoiner.join(List.of(profile, profile), RequestContext.EMPTY))
        .withMessage("signal: profiles (expected: traces, metrics or logs)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpJoiner.join(List.of(span, log), RequestContext.EMPTY))
        .withMessage("signal: logs (expected: traces)");
  }

  private OtlpBatch batch(Signal signal, byte[] bytes, int items, Arrival arrival) {
    Ack ack = Ack.of(settlement -> settled.add(items + " " + settlement.kind()));
    return new OtlpBatch(bytes, 0, bytes.length, signal, items, arrival, RequestContext.EMPTY, ack);
  }

  private static byte[] bytes(OtlpBatch batch) {
    return Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length());
  }
}
