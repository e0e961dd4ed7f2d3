package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class WireReaderFuzzTest {
  private static final int OPERATIONS = 9;

  /**
   * Scenario: the first half of the bytes says what is done to the second.
   *
   * <p>Guarantees: every operation gives a value or {@link MalformedWireException}, and the cursor
   * stays inside its message.
   */
  @MethodSource
  @FuzzTest
  void read(byte[] bytes) {
    int half = bytes.length / 2;
    WireReader in = new WireReader().wrap(bytes, half, bytes.length - half);
    try {
      for (int i = 0; i < half; i++) {
        operate(in, bytes[i]);
        assertThat(in.position()).isBetween(half, in.limit());
        assertThat(in.limit()).isBetween(half, bytes.length);
      }
    } catch (MalformedWireException e) {
      assertThat(e.offset()).isBetween(0, bytes.length - half);
    }
  }

  /**
   * Scenario: the bytes are skipped field by field.
   *
   * <p>Guarantees: what passes is a message for protobuf-java, too, with the same fields.
   */
  @MethodSource
  @FuzzTest
  void skip(byte[] bytes) throws InvalidProtocolBufferException {
    WireReader in = new WireReader().wrap(bytes, 0, bytes.length);
    UnknownFieldSet.Builder seen = UnknownFieldSet.newBuilder();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        in.skip(tag);
        seen.mergeVarintField(WireType.fieldNumber(tag), 0);
      }
    } catch (MalformedWireException e) {
      assertThat(e.offset()).isBetween(0, bytes.length);
      return;
    }
    assertThat(UnknownFieldSet.parseFrom(bytes).asMap().keySet())
        .isEqualTo(seen.build().asMap().keySet());
  }

  static Stream<byte[]> read() {
    return skip().map(WireReaderFuzzTest::behindAllOperations);
  }

  static Stream<byte[]> skip() {
    return Stream.of(
            "",
            "08ff01",
            "1101020304050607081a02aabb25010203042b3001",
            "0b0c",
            "0b1308ff01140c",
            "8a808080808080808000820061620a",
            "4a0b0a04636f64651203 0a0178 4a0a0a04636f646512021805".replace(" ", ""),
            "f8ffffff0fca868ca6e7b98f80b981",
            "0a04120212000a80")
        .map(HexFormat.of()::parseHex);
  }

  private static byte[] behindAllOperations(byte[] bytes) {
    byte[] both = Arrays.copyOf(bytes, 2 * bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      both[i] = (byte) (i % OPERATIONS);
    }
    System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
    return both;
  }

  private static void operate(WireReader in, byte operation) {
    switch (Math.floorMod(operation, OPERATIONS)) {
      case 0 -> in.readTag();
      case 1 -> in.readVarint64();
      case 2 -> in.readVarint32();
      case 3 -> in.readFixed32();
      case 4 -> in.readFixed64();
      case 5 -> in.advance(in.readLength());
      case 6 -> in.enterMessage();
      case 7 -> in.skip(in.readTag());
      default -> in.skipPlainPairs(0x4a, 0x0a, 0x12, 0x0a);
    }
  }
}
