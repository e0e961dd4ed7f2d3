package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OtlpSliceTest {
  private static final int SEEDS = 150;

  /**
   * Scenario: a request is sliced at random limits; its first slice is joined with a whole request
   * before it, its last one with another behind it.
   *
   * <p>Guarantees: the items come out in order with their envelopes, in arrays of the exact size.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void slicesJoinWithTheirNeighbours(Signal signal) throws Exception {
    assertJoins(
        signal,
        (batch, random) -> OtlpSplitter.slice(batch, 1 + random.nextInt(3), 1 + random.nextInt(3)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void slicesOfLimitedLengthJoinWithTheirNeighbours(Signal signal) throws Exception {
    assertJoins(
        signal,
        (batch, random) -> {
          int first = 1 + random.nextInt(Math.max(1, batch.length()));
          int limit = 1 + random.nextInt(Math.max(1, batch.length()));
          List<OtlpSlice> slices = OtlpSplitter.sliceBytes(batch, first, limit);
          for (OtlpSlice slice : slices) {
            int max = slice == slices.getFirst() ? first : limit;
            assertThat(slice.items() <= 1 || slice.length() <= max).isTrue();
          }
          return slices;
        });
  }

  private static void assertJoins(
      Signal signal, BiFunction<OtlpBatch, Random, List<OtlpSlice>> slicing) throws Exception {
    int cuts = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      OtlpBatch before = batch(signal, 3 * seed);
      OtlpBatch middle = batch(signal, 3 * seed + 1);
      OtlpBatch after = batch(signal, 3 * seed + 2);
      List<OtlpSlice> slices = slicing.apply(middle, random);

      List<OtlpSlice> first = List.of(OtlpSlice.of(before), slices.getFirst());
      List<OtlpSlice> last = List.of(slices.getLast(), OtlpSlice.of(after));
      List<OtlpBatch> joined = new ArrayList<>();
      joined.add(join(slices.size() == 1 ? List.of(first.getFirst()) : first));
      for (int i = 1; i < slices.size() - 1; i++) {
        joined.add(join(List.of(slices.get(i))));
      }
      joined.add(join(last));

      List<List<Message>> expected = new ArrayList<>();
      for (OtlpBatch each : List.of(before, middle, after)) {
        expected.addAll(records(each));
      }
      List<List<Message>> actual = new ArrayList<>();
      for (OtlpBatch each : joined) {
        assertThat(each.items()).as("seed %d", seed).isEqualTo(count(each));
        actual.addAll(records(each));
      }
      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
      cuts += slices.size() - 1;
    }
    assertThat(cuts).isGreaterThan(SEEDS / 4);
  }

  @Test
  void firstSliceIsAsLargeAsTheRoom() {
    OtlpBatch batch = spans("", 10);

    assertThat(OtlpSplitter.slice(batch, 3, 4))
        .extracting(OtlpSlice::items)
        .containsExactly(3, 4, 3);
    assertThat(OtlpSplitter.slice(batch, 10, 1)).extracting(OtlpSlice::items).containsExactly(10);
  }

  @Test
  void largeEnvelopesAreNotRepeatedWithoutEnd() {
    OtlpBatch large = spans("r".repeat(1 << 20), 99);
    OtlpBatch huge = spans("r".repeat(9 << 20), 99);

    assertThat(OtlpSplitter.slice(large, 2, 1))
        .extracting(OtlpSlice::items)
        .containsExactly(2, 16, 16, 16, 16, 16, 16, 1);
    assertThat(OtlpSplitter.slice(huge, 2, 1)).extracting(OtlpSlice::items).containsExactly(99);
  }

  @Test
  void aloneSliceIsCopiedOnlyWhenItIsAPart() {
    OtlpBatch batch = spans("", 3);
    List<OtlpSlice> slices = OtlpSplitter.slice(batch, 1, 2);

    assertThat(join(List.of(OtlpSlice.of(batch))).bytes()).isSameAs(batch.bytes());
    assertThat(join(List.of(slices.getFirst())).length()).isLessThan(batch.length());
    assertThat(join(slices.subList(0, 1)).offset()).isZero();
  }

  @Test
  void refusesLimitsOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.slice(spans("", 2), 0, 5))
        .withMessage("limits: 0, then 5 items (expected: >= 1)");
    assertThatIllegalArgumentException().isThrownBy(() -> OtlpSplitter.slice(spans("", 2), 5, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpSplitter.sliceBytes(spans("", 2), 5, 0))
        .withMessage("limits: 5, then 0 bytes (expected: >= 1)");
  }

  private static OtlpBatch join(List<OtlpSlice> slices) {
    OtlpBatch joined = OtlpJoiner.joinSlices(slices, RequestContext.EMPTY);
    int length = slices.stream().mapToInt(OtlpSlice::length).sum();
    assertThat(joined.length()).isEqualTo(length);
    return joined;
  }

  /** Returns the items without the request around them, whose own fields a join merges. */
  private static List<List<Message>> records(OtlpBatch batch) throws Exception {
    byte[] bytes =
        Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length());
    return Flattened.parse(batch.signal(), bytes).stream()
        .map(path -> path.subList(1, path.size()))
        .filter(path -> !path.isEmpty())
        .toList();
  }

  private static OtlpBatch batch(Signal signal, int seed) {
    RandomOtlp random = new RandomOtlp(seed);
    var request = random.request(signal, seed % 120);
    byte[] bytes = seed % 2 == 0 ? random.bytes(request) : request.toByteArray();
    return batch(signal, bytes, OtlpValidator.framing(signal, bytes, 0, bytes.length).items());
  }

  private static int count(OtlpBatch batch) {
    return OtlpValidator.framing(batch.signal(), batch.bytes(), batch.offset(), batch.length())
        .items();
  }

  private static OtlpBatch spans(String schemaUrl, int count) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < count; i++) {
      scope.addSpans(Span.newBuilder().setName("s" + i));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().setSchemaUrl(schemaUrl).addScopeSpans(scope);
    return batch(Signal.TRACES, request.build().toByteArray(), count);
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes, int items) {
    Ack ack = Ack.of(settlement -> {});
    return new OtlpBatch(
        bytes, 0, bytes.length, signal, items, new Arrival(0, 0), RequestContext.EMPTY, ack);
  }
}
