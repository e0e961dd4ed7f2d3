package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class WireWriterTest {
  @Test
  void writesWhatProtobufWrites() {
    WireWriter out = new WireWriter(0);
    out.writeFixed32((16 << 3) | WireType.FIXED32, 0x101);
    int attribute = out.mark();
    int value = out.mark();
    out.writeVarint64((3 << 3) | WireType.VARINT, -5);
    out.endMessage((2 << 3) | WireType.LENGTH_DELIMITED, value);
    out.writeString((1 << 3) | WireType.LENGTH_DELIMITED, "größe");
    out.endMessage((9 << 3) | WireType.LENGTH_DELIMITED, attribute);
    out.writeFixed64((7 << 3) | WireType.FIXED64, 1_700_000_000_000_000_001L);
    out.writeBytes((1 << 3) | WireType.LENGTH_DELIMITED, new byte[] {9, 1, 2, 3, 9}, 1, 3);

    assertThat(out.toByteArray()).isEqualTo(span().toByteArray());
    assertThat(out.length()).isEqualTo(span().getSerializedSize());
  }

  @Test
  void knowsTheSizeOfEveryVarint() throws IOException {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      int size = CodedOutputStream.computeUInt64SizeNoTag(value);
      assertThat(WireWriter.varintSize(value)).as("seed %d", seed).isEqualTo(size);
      byte[] expected = new byte[size + 1];
      CodedOutputStream.newInstance(expected).writeUInt64(1, value);
      WireWriter out = new WireWriter(random.nextInt(12));
      out.writeVarint64(1 << 3, value);
      assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(expected);
    }
    assertThat(WireWriter.varintSize(0)).isEqualTo(1);
    assertThat(WireWriter.varintSize(-1)).isEqualTo(10);
  }

  @Test
  void keepsWhatWasWrittenWhenItGrows() {
    WireWriter out = new WireWriter(3);
    byte[] first = {1, 2, 3};
    byte[] second = new byte[1000];
    out.writeRaw(first, 0, 3);
    out.writeRaw(second, 0, 1000);
    assertThat(out.toByteArray()).hasSize(1003).endsWith(first).startsWith(new byte[1000]);
  }

  @Test
  void givesItsArrayAwayOnlyWhenItIsFull() {
    WireWriter out = new WireWriter(2);
    out.writeVarint64(1 << 3, 7);
    byte[] full = out.take();
    assertThat(full).containsExactly(8, 7);
    assertThat(out.length()).isZero();

    out.writeVarint64(1 << 3, 6);
    assertThat(full).containsExactly(8, 7);
    out.writeVarint64(1 << 3, 5);
    assertThat(out.take()).containsExactly(8, 5, 8, 6);
    assertThat(out.take()).isEmpty();
  }

  @Test
  void startsOverAfterReset() {
    WireWriter out = new WireWriter(8);
    out.writeVarint64(1 << 3, 7);
    out.reset();
    out.writeVarint64(2 << 3, 9);
    assertThat(out.toByteArray()).containsExactly(16, 9);
  }

  private static Span span() {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3}))
        .setStartTimeUnixNano(1_700_000_000_000_000_001L)
        .addAttributes(
            KeyValue.newBuilder().setKey("größe").setValue(AnyValue.newBuilder().setIntValue(-5)))
        .setFlags(0x101)
        .build();
  }
}
