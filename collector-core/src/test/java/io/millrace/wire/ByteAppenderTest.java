package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteAppenderTest {
  private static final int SEEDS = 200;

  /** Guarantees: what protobuf-java writes, byte for byte, whatever had to grow. */
  @Test
  void writesWhatProtobufWrites() throws IOException {
    ByteAppender out = new ByteAppender();
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      out.reset();
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      CodedOutputStream oracle = CodedOutputStream.newInstance(expected);
      for (int i = 0; i < 20; i++) {
        field(random, out, oracle);
      }
      oracle.flush();

      assertThat(Arrays.copyOf(out.bytes(), out.length()))
          .as("seed %d", seed)
          .isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void aMessageOfUnknownLengthHasALengthOfFourBytes() throws IOException {
    byte[] content = new byte[300];
    ByteAppender out = new ByteAppender(1);
    out.put(3 << 3 | WireType.LENGTH_DELIMITED);
    int outer = out.beginMessage();
    out.put(4 << 3 | WireType.LENGTH_DELIMITED);
    int inner = out.beginMessage();
    out.endMessage(inner);
    out.putBytesField(5 << 3 | WireType.LENGTH_DELIMITED, content, 0, content.length);
    out.endMessage(outer);

    UnknownFieldSet message =
        UnknownFieldSet.parseFrom(
            UnknownFieldSet.parseFrom(out.copy()).getField(3).getLengthDelimitedList().getFirst());
    assertThat(message.getField(4).getLengthDelimitedList()).containsExactly(ByteString.EMPTY);
    assertThat(message.getField(5).getLengthDelimitedList())
        .containsExactly(ByteString.copyFrom(content));
  }

  private static void field(Random random, ByteAppender out, CodedOutputStream oracle)
      throws IOException {
    int field = 1 + random.nextInt(random.nextBoolean() ? 15 : (1 << 29) - 1);
    long number = random.nextLong() >> random.nextInt(64);
    switch (random.nextInt(3)) {
      case 0 -> {
        out.putVarintField(field << 3 | WireType.VARINT, number);
        oracle.writeInt64(field, number);
      }
      case 1 -> {
        out.putFixed64Field(field << 3 | WireType.FIXED64, number);
        oracle.writeFixed64(field, number);
      }
      default -> {
        byte[] text = new byte[random.nextInt(300)];
        random.nextBytes(text);
        out.putBytesField(field << 3 | WireType.LENGTH_DELIMITED, text, 0, text.length);
        oracle.writeByteArray(field, text);
      }
    }
  }
}
