package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireAppenderTest {
  private static final int SEEDS = 200;

  /** Guarantees: what protobuf-java writes, byte for byte, whatever had to grow. */
  @Test
  void writesWhatProtobufWrites() throws IOException {
    WireAppender out = new WireAppender();
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

  private static void field(Random random, WireAppender out, CodedOutputStream oracle)
      throws IOException {
    int field = 1 + random.nextInt(random.nextBoolean() ? 15 : (1 << 29) - 1);
    long number = random.nextLong() >> random.nextInt(64);
    switch (random.nextInt(3)) {
      case 0 -> {
        out.varintField(field << 3 | WireType.VARINT, number);
        oracle.writeInt64(field, number);
      }
      case 1 -> {
        out.fixed64Field(field << 3 | WireType.FIXED64, number);
        oracle.writeFixed64(field, number);
      }
      default -> {
        byte[] text = new byte[random.nextInt(300)];
        random.nextBytes(text);
        out.bytesField(field << 3 | WireType.LENGTH_DELIMITED, text, 0, text.length);
        oracle.writeByteArray(field, text);
      }
    }
  }
}
