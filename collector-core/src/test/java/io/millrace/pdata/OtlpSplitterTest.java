package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OtlpSplitterTest {
  private static final int SEEDS = 600;
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final List<String> settled = new ArrayList<>();

  /**
   * Scenario: requests in every legal wire form are cut at random limits.
   *
   * <p>Guarantees: the pieces together have the same items with the same envelopes in the same
   * order, joined again or not, and each keeps the limits.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void piecesHoldWhatTheBatchHeld(Signal signal) throws Exception {
    int cuts = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      OtlpBatch batch = random(signal, seed);
      Random limits = new Random(seed);
      int maxItems = limits.nextInt(3) == 0 ? NO_LIMIT : 1 + limits.nextInt(batch.items() + 1);
      int maxBytes = limits.nextInt(3) == 0 ? NO_LIMIT : 1 + limits.nextInt(batch.length() + 1);
      List<OtlpBatch> pieces = OtlpSplitter.split(batch, maxItems, maxBytes);

      List<Object> paths = new ArrayList<>();
      for (OtlpBatch piece : pieces) {
        paths.addAll(Flattened.parse(signal, bytes(piece)));
        assertThat(piece.items()).as("seed %d", seed).isEqualTo(items(piece));
        boolean keepsLimits = piece.items() <= maxItems && piece.length() <= maxBytes;
        assertThat(keepsLimits || piece.items() <= 1).as("seed %d", seed).isTrue();
      }
      var expected = Flattened.parse(signal, bytes(batch));
      assertThat(paths).as("seed %d", seed).isEqualTo(expected);
      OtlpBatch joined = OtlpJoiner.join(pieces, RequestContext.EMPTY);
      assertThat(joined.items()).as("seed %d", seed).isEqualTo(batch.items());
      cuts += pieces.size() - 1;
    }
    assertThat(cuts).isGreaterThan(SEEDS / 4);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void piecesAreFilledToTheLastItem(Signal signal) {
    for (int seed = 0; seed < SEEDS; seed++) {
      OtlpBatch batch = random(signal, seed);
      List<OtlpBatch> pieces = OtlpSplitter.split(batch, 3, NO_LIMIT);
      assertThat(pieces).as("seed %d", seed).hasSize(Math.max(1, (batch.items() + 2) / 3));
    }
  }

  @Test
  void pieceMayBeExactlyAsLongAsTheLimit() {
    String spanX = "12 03 2a 01 78";
    String spanY = "12 03 2a 01 79";
    byte[] both = Hex.bytes("0a 11 12 0f 0a 03 0a 01 6e" + spanX + spanY);

    assertThat(OtlpSplitter.split(batch(Signal.TRACES, both, 2), NO_LIMIT, 19)).hasSize(1);
    assertThat(OtlpSplitter.split(batch(Signal.TRACES, both, 2), NO_LIMIT, 18))
        .extracting(OtlpBatch::bytes)
        .containsExactly(
            Hex.bytes("0a 0c 12 0a 0a 03 0a 01 6e" + spanX),
            Hex.bytes("0a 0c 12 0a 0a 03 0a 01 6e" + spanY));
  }

  @Test
  void recordThatIsTooLargeGoesAlone() {
    byte[] bytes = traces("", "a", "long".repeat(50), "b", "c").toByteArray();
    List<OtlpBatch> pieces = OtlpSplitter.split(batch(Signal.TRACES, bytes, 4), NO_LIMIT, 40);

    assertThat(pieces).extracting(OtlpBatch::items).containsExactly(1, 1, 2);
    assertThat(pieces.get(1).length()).isGreaterThan(200);
  }

  @Test
  void acksFollowTheItems() {
    OtlpBatch first = OtlpJoiner.join(List.of(batch("a", 3), batch("b", 2)), RequestContext.EMPTY);
    List<OtlpBatch> pieces = OtlpSplitter.split(first, 2, NO_LIMIT);

    assertThat(pieces).extracting(OtlpBatch::items).containsExactly(2, 2, 1);
    pieces.get(2).ack().settle(Settlement.rejected("poison"));
    pieces.get(0).ack().delivered();
    assertThat(settled).isEmpty();
    pieces.get(1).ack().delivered();
    assertThat(settled).containsExactlyInAnyOrder("a DELIVERED", "b REJECTED");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void cutsWhereItIsTold(Signal signal) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      OtlpBatch batch = random(signal, seed);
      int first = batch.items() / 3;
      int[] items =
          first == 0 ? new int[] {batch.items()} : new int[] {first, 1, batch.items() - first - 1};
      List<Object> paths = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      for (OtlpBatch piece : batch.items() == 0 ? List.of(batch) : OtlpSplitter.cut(batch, items)) {
        paths.addAll(Flattened.parse(signal, bytes(piece)));
        counts.add(items(piece));
      }
      assertThat(counts)
          .as("seed %d", seed)
          .containsExactlyElementsOf(Arrays.stream(items).boxed().toList());
      var expected = Flattened.parse(signal, bytes(batch));
      assertThat(paths).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void joinedBatchIsCutAlongItsShares() {
    OtlpBatch first = batch("a", 3);
    OtlpBatch second = batch("b", 2);
    OtlpBatch joined = OtlpJoiner.join(List.of(first, second), RequestContext.EMPTY);
    List<OtlpBatch> pieces = OtlpSplitter.cut(joined, 3, 2);

    assertThat(pieces).extracting(OtlpBatch::bytes).containsExactly(first.bytes(), second.bytes());
    pieces.get(1).ack().settle(Settlement.rejected("poison"));
    assertThat(settled).containsExactly("b REJECTED");
  }

  @Test
  void refusesCutsThatDoNotAddUp() {
    OtlpBatch batch = batch("a", 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.cut(batch, 2, 2))
        .withMessage("items: [2, 2] (expected: each >= 1, together 3, profiles in one piece)");
    assertThatIllegalArgumentException().isThrownBy(() -> OtlpSplitter.cut(batch, 3, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.cut(batch(Signal.PROFILES, new byte[9], 2), 1, 1));
  }

  /**
   * Scenario: a resource of 1 MiB over a hundred records, to be sent one by one.
   *
   * <p>Guarantees: no more than 8 MiB of it is repeated; the pieces are larger instead, and alike.
   */
  @Test
  void largeEnvelopesAreNotRepeatedWithoutEnd() {
    byte[] bytes = traces("r".repeat(1 << 20), "s".repeat(99).split("")).toByteArray();
    List<OtlpBatch> pieces = OtlpSplitter.split(batch(Signal.TRACES, bytes, 99), 1, NO_LIMIT);

    long total = pieces.stream().mapToLong(OtlpBatch::length).sum();
    assertThat(total - bytes.length).isLessThan(OtlpSplitter.REPEATED_BYTES_MAX + 1_000);
    assertThat(pieces).extracting(OtlpBatch::items).containsExactly(16, 16, 16, 16, 16, 16, 3);
  }

  @Test
  void itemsAreGivenUpBeforeBytesWhenEnvelopesAreLarge() {
    int half = 1 << 20;
    byte[] bytes = traces("r".repeat(half), "s".repeat(half), "t", "u", "v").toByteArray();
    OtlpBatch large = batch(Signal.TRACES, bytes, 4);
    OtlpBatch many = OtlpJoiner.join(List.of(large, large, large), RequestContext.EMPTY);
    List<OtlpBatch> pieces = OtlpSplitter.split(many, 1, 3 * half);

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(pieces).allMatch(piece -> piece.length() <= 3 * half);
    assertThat(pieces).anyMatch(piece -> piece.items() > 1);
  }

  /**
   * No piece could hold the resource and anything else, so the limit of bytes gives way as well.
   */
  @Test
  void bytesAreGivenUpWhenTheEnvelopeAloneExceedsThem() {
    byte[] bytes = traces("r".repeat(1 << 20), "s".repeat(99).split("")).toByteArray();
    OtlpBatch batch = batch(Signal.TRACES, bytes, 99);

    assertThat(OtlpSplitter.split(batch, 50, 100)).containsExactly(batch);
  }

  @Test
  void batchThatKeepsTheLimitsIsNotTouched() {
    OtlpBatch batch = batch("a", 5);

    assertThat(OtlpSplitter.split(batch, 5, batch.length())).containsExactly(batch);
  }

  @Test
  void profilesAndSingleItemsAreNotCut() {
    OtlpBatch profiles = batch(Signal.PROFILES, new byte[100], 7);
    OtlpBatch single = batch("a", 1);

    assertThat(OtlpSplitter.split(profiles, 1, 1)).containsExactly(profiles);
    assertThat(OtlpSplitter.split(single, 1, 1)).containsExactly(single);
  }

  @Test
  void refusesLimitsOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.split(batch("a", 1), 0, 5))
        .withMessage("limits: 0 items, 5 bytes (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.split(batch("a", 1), 5, 0))
        .withMessage("limits: 5 items, 0 bytes (expected: >= 1)");
  }

  /** In every second case in an odd wire form, and inside a larger array. */
  private OtlpBatch random(Signal signal, int seed) {
    RandomOtlp random = new RandomOtlp(seed);
    var request = random.request(signal, seed % 120);
    byte[] bytes = seed % 2 == 0 ? random.bytes(request) : request.toByteArray();
    byte[] padded = new byte[bytes.length + 11];
    System.arraycopy(bytes, 0, padded, 4, bytes.length);
    OtlpBatch uncounted = batch(signal, padded, 4, bytes.length, 0);
    return batch(signal, padded, 4, bytes.length, items(uncounted));
  }

  private OtlpBatch batch(String sender, int items) {
    byte[] bytes = traces(sender, "s".repeat(items).split("")).toByteArray();
    Ack ack = Ack.of(settlement -> settled.add(sender + " " + settlement.kind()));
    return batch(Signal.TRACES, bytes, items).withAck(ack);
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes, int items) {
    return batch(signal, bytes, 0, bytes.length, items);
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes, int offset, int length, int items) {
    Ack ack = Ack.of(settlement -> {});
    return new OtlpBatch(
        bytes, offset, length, signal, items, new Arrival(0, 0), RequestContext.EMPTY, ack);
  }

  private static ExportTraceServiceRequest traces(String schemaUrl, String... names) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (String name : names) {
      scope.addSpans(Span.newBuilder().setNameBytes(ByteString.copyFromUtf8(name)));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().setSchemaUrl(schemaUrl).addScopeSpans(scope);
    return request.build();
  }

  private static int items(OtlpBatch batch) {
    return OtlpValidator.framing(batch.signal(), batch.bytes(), batch.offset(), batch.length())
        .items();
  }

  private static byte[] bytes(OtlpBatch batch) {
    return ByteString.copyFrom(batch.bytes(), batch.offset(), batch.length()).toByteArray();
  }
}
