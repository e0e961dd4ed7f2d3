package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.TraceTags.Span;
import io.millrace.wire.WireReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpliceTest {
  // 00 | 0a 04 [ 0a 02 [ 6b 6c ] ] | 10 01
  private static final byte[] MESSAGE = Hex.bytes("00 0a 04 0a 02 6b 6c 10 01 00");

  private final Splice splice = new Splice();

  @Test
  void withoutEditsThereIsNothingNew() {
    wrap();
    int mark = splice.begin(2, 3);
    splice.end(mark, 7);

    assertThat(splice.apply()).isNull();
  }

  @Test
  void lengthsFollowFromWhatHappensInside() {
    wrap();
    int outer = splice.begin(2, 3);
    int inner = splice.begin(4, 5);
    splice.content().put(new byte[126], 0, 126);
    splice.replace(7, 7);
    splice.end(inner, 7);
    splice.end(outer, 7);

    assertThat(splice.apply())
        .hasSize(MESSAGE.length - 2 + 126 + 1 + 1)
        .startsWith(Hex.bytes("0a 83 01 0a 80 01 6b 6c"))
        .endsWith(Hex.bytes("00 00 10 01"));
  }

  @Test
  void paddedLengthStaysIfTheContentDoes() {
    byte[] padded = Hex.bytes("0a 82 80 00 6b 6c");
    splice.wrap(padded, 0, padded.length);
    int mark = splice.begin(1, 4);
    splice.content().put(new byte[] {1}, 0, 1);
    splice.replace(5, 6);
    splice.end(mark, 6);

    assertThat(splice.apply()).isEqualTo(Hex.bytes("0a 82 80 00 6b 01"));
  }

  @Test
  void editsMayComeInAnyOrder() {
    wrap();
    splice.content().put(new byte[] {9}, 0, 1);
    splice.replace(7, 9);
    splice.content().put(new byte[] {7}, 0, 1);
    splice.replace(7, 7);
    splice.content().put(new byte[] {8}, 0, 1);
    splice.replace(7, 7);
    splice.remove(1, 3);

    assertThat(splice.apply()).isEqualTo(Hex.bytes("0a 02 6b 6c 07 08 09"));
  }

  @Test
  void undoForgetsAllThatHappenedInside() {
    wrap();
    int outer = splice.begin(2, 3);
    int inner = splice.begin(4, 5);
    splice.remove(5, 6);
    splice.end(inner, 7);
    splice.undo(outer);
    splice.remove(7, 9);

    assertThat(splice.apply()).isEqualTo(Hex.bytes("0a 04 0a 02 6b 6c"));
  }

  @Test
  void fieldIsSetOnceWhereItStoodFirst() {
    byte[] span = Hex.bytes("1a 01 61 2a 01 6e 1a 01 62 f8 01 05");
    splice.wrap(span, 0, span.length);
    byte[] value = "ot=th:8".getBytes(StandardCharsets.US_ASCII);
    splice.setField(new WireReader(), 0, span.length, Span.TRACE_STATE, value);

    assertThat(splice.apply()).isEqualTo(Hex.bytes("1a 07 6f 74 3d 74 68 3a 38 2a 01 6e f8 01 05"));
  }

  @Test
  void absentFieldIsAppended() {
    byte[] span = Hex.bytes("2a 01 6e");
    splice.wrap(span, 0, span.length);
    splice.setField(new WireReader(), 0, span.length, Span.TRACE_STATE, new byte[] {0x61});

    assertThat(splice.apply()).isEqualTo(Hex.bytes("2a 01 6e 1a 01 61"));
  }

  private void wrap() {
    splice.wrap(MESSAGE, 1, MESSAGE.length - 2);
  }
}
