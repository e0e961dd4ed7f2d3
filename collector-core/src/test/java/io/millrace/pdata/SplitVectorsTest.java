package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that are easily cut wrongly, and their pieces of one item each, written out. */
class SplitVectorsTest {
  @Test
  void resourceInTwoPartsIsInEveryPieceTwice() {
    String header = "0a 04 0a 02 0a 00  0a 04 0a 02 10 01  1a 02 73 73";
    List<byte[]> pieces =
        split(
            Signal.TRACES,
            """
            0a 1a
              0a 04 0a 02 0a 00    # resource with an attribute
              12 04 12 00 12 00    # scope with two spans
              0a 04 0a 02 10 01    # resource with another
              12 02 12 00          # scope with a span
              1a 02 73 73          # schema_url
            """);

    assertThat(pieces)
        .containsExactly(
            Hex.bytes("0a 14" + header + "12 02 12 00"),
            Hex.bytes("0a 14" + header + "12 02 12 00"),
            Hex.bytes("0a 14" + header + "12 02 12 00"));
  }

  @Test
  void unknownFieldsOfEveryEnvelopeAreKept() {
    String piece = "f8 01 07  0a 0e  f8 01 05  12 09  f8 01 01  fb 01 fc 01  12 00";
    List<byte[]> pieces =
        split(
            Signal.LOGS,
            """
            0a 10
              12 0b
                f8 01 01              # scope: unknown varint
                12 00 12 00           # two records
                fb 01 fc 01           # scope: unknown group
              f8 01 05                # resource: unknown varint
            f8 01 07                  # request: unknown varint
            """);

    assertThat(pieces).containsExactly(Hex.bytes(piece), Hex.bytes(piece));
  }

  @Test
  void knownFieldWithAnotherWireTypeIsHeaderLikeAnyUnknown() {
    List<byte[]> pieces = split(Signal.TRACES, "0a 08  12 06  12 00  10 05  12 00  08 01");

    assertThat(pieces)
        .containsExactly(
            Hex.bytes("08 01  0a 06  12 04  10 05  12 00"),
            Hex.bytes("08 01  0a 06  12 04  10 05  12 00"));
  }

  @Test
  void paddedTagsAndLengthsOfEnvelopesAreWrittenShortAndThoseOfRecordsKept() {
    List<byte[]> pieces =
        split(Signal.TRACES, "8a 00 8c 80 00  92 00 88 00  92 80 00 81 00 7a  12 00");

    assertThat(pieces)
        .containsExactly(
            Hex.bytes("0a 08  12 06  92 80 00 81 00 7a"), Hex.bytes("0a 04  12 02  12 00"));
  }

  @Test
  void instrumentationLibrariesAreCutLikeScopes() {
    List<byte[]> pieces = split(Signal.TRACES, "0a 07  c2 3e 04 12 00 12 00");

    assertThat(pieces)
        .containsExactly(Hex.bytes("0a 05  c2 3e 02 12 00"), Hex.bytes("0a 05  c2 3e 02 12 00"));
  }

  @Test
  void instrumentationLibrariesBesideScopesAreHeader() {
    List<byte[]> pieces = split(Signal.TRACES, "0a 0d  c2 3e 04 12 00 12 00  12 04 12 00 12 00");

    assertThat(pieces)
        .containsExactly(
            Hex.bytes("0a 0b  c2 3e 04 12 00 12 00  12 02 12 00"),
            Hex.bytes("0a 0b  c2 3e 04 12 00 12 00  12 02 12 00"));
  }

  @Test
  void pointsKeepTheirMetricAndItsTemporality() {
    String piece = "0a 12  12 10  12 0e  0a 01 6e  1a 01 75  3a 06 10 02 18 01 0a 00";
    List<byte[]> pieces =
        split(
            Signal.METRICS,
            """
            0a 14
              12 12
                12 10
                  0a 01 6e                      # name
                  3a 08 0a 00 10 02 0a 00 18 01 # sum: point, cumulative, point, monotonic
                  1a 01 75                      # unit
            """);

    assertThat(pieces).containsExactly(Hex.bytes(piece), Hex.bytes(piece));
  }

  @Test
  void metricDataInPartsIsOneAndReplacedDataIsLeftOut() {
    String piece = "0a 0c  12 0a  12 08  3a 06 10 02 18 01 0a 00";
    List<byte[]> pieces =
        split(
            Signal.METRICS,
            """
            0a 1a
              12 18
                12 16
                  3a 04 0a 00 10 01   # sum: point, delta
                  2a 02 0a 00         # gauge: replaces the sum
                  3a 04 0a 00 10 02   # sum: replaces the gauge
                  3a 04 18 01 0a 00   # sum: merged into the last
            """);

    assertThat(pieces).containsExactly(Hex.bytes(piece), Hex.bytes(piece));
  }

  private static List<byte[]> split(Signal signal, String hex) {
    byte[] bytes = Hex.bytes(hex);
    int items = OtlpValidator.framing(signal, bytes, 0, bytes.length).items();
    OtlpBatch batch =
        new OtlpBatch(
            bytes,
            0,
            bytes.length,
            signal,
            items,
            new Arrival(0, 0),
            RequestContext.EMPTY,
            Ack.of(settlement -> {}));
    return OtlpSplitter.split(batch, 1, Integer.MAX_VALUE).stream().map(OtlpBatch::bytes).toList();
  }
}
