package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireReaderTest {
  private final WireReader in = new WireReader();

  @Test
  void readsTagsWithTheirWireType() {
    wrap("08 7a 85 01");
    assertThat(in.readTag()).isEqualTo((1 << 3) | WireType.VARINT);
    assertThat(in.readTag()).isEqualTo((15 << 3) | WireType.LENGTH_DELIMITED);
    assertThat(in.readTag()).isEqualTo((16 << 3) | WireType.FIXED32);
    assertThat(in.readTag()).isZero();
    assertThat(in.readTag()).isZero();
  }

  @Test
  void readsTagsPaddedToTenBytes() {
    wrap("8a 00  8a 80 80 80 80 80 80 80 80 00");
    assertThat(in.readTag()).isEqualTo((1 << 3) | WireType.LENGTH_DELIMITED);
    assertThat(in.readTag()).isEqualTo((1 << 3) | WireType.LENGTH_DELIMITED);
  }

  @Test
  void readsTheLargestFieldNumber() {
    wrap("f8 ff ff ff 0f");
    assertThat(WireType.fieldNumber(in.readTag())).isEqualTo((1 << 29) - 1);
  }

  @Test
  void refusesFieldNumberZero() {
    assertMalformed("00", WireReader::readTag, "byte 0: tag: 0 (expected: a field number of 1");
    assertMalformed("07", WireReader::readTag, "byte 0: tag: 7 ");
    assertMalformed("80 00", WireReader::readTag, "byte 0: tag: 0 ");
  }

  @Test
  void refusesTagsOfMoreThan32Bits() {
    assertMalformed("8a 80 80 80 10", WireReader::readTag, "byte 0: tag: 4294967306 ");
  }

  @Test
  void readsVarintsAsProtobufWritesThem() throws IOException {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      byte[] bytes = new byte[CodedOutputStream.computeUInt64SizeNoTag(value)];
      CodedOutputStream.newInstance(bytes).writeUInt64NoTag(value);
      in.wrap(bytes, 0, bytes.length);
      assertThat(in.readVarint64()).as("seed %d", seed).isEqualTo(value);
      assertThat(in.position()).isEqualTo(bytes.length);
    }
  }

  @Test
  void readsNegativeEnumsOfTenBytes() {
    wrap("ff ff ff ff ff ff ff ff ff 01");
    assertThat(in.readVarint32()).isEqualTo(-1);
  }

  @Test
  void refusesVarintsOfElevenBytes() {
    assertMalformed(
        "80 80 80 80 80 80 80 80 80 80 01", WireReader::readVarint64, "byte 0: varint without");
  }

  @Test
  void refusesVarintThatIsCutOff() {
    assertMalformed("ff ff", WireReader::readVarint64, "byte 0: varint without an end in 2 bytes");
    assertMalformed("", WireReader::readVarint64, "byte 0: varint without an end in 0 bytes");
  }

  @Test
  void readsFixedNumbersLeastSignificantByteFirst() {
    wrap("01 02 03 84  01 02 03 04 05 06 07 88");
    assertThat(in.readFixed32()).isEqualTo(0x84030201);
    assertThat(in.readFixed64()).isEqualTo(0x8807060504030201L);
  }

  @Test
  void refusesFixedNumbersThatAreCutOff() {
    assertMalformed("010203", WireReader::readFixed32, "byte 0: value of 4 bytes (expected: <= 3)");
    assertMalformed(
        "01020304050607", WireReader::readFixed64, "byte 0: value of 8 bytes (expected: <= 7)");
  }

  @Test
  void readsLengthsHoweverPadded() {
    for (String length : new String[] {"02", "82 00", "82 80 80 00", "82 80 80 80 00"}) {
      wrap(length + "aabb");
      assertThat(in.readLength()).as(length).isEqualTo(2);
      assertThat(in.limit() - in.position()).isEqualTo(2);
    }
  }

  @Test
  void refusesLengthBeyondTheEnd() {
    assertMalformed("03 aabb", WireReader::readLength, "byte 0: length: 3 (expected: <= 2)");
    assertMalformed(
        "ff ff ff ff 0f", WireReader::readLength, "byte 0: length: 4294967295 (expected: <= 0)");
    assertMalformed(
        "ff ff ff ff ff ff ff ff ff 01",
        WireReader::readLength,
        "byte 0: length: 18446744073709551615 (expected: <= 0)");
  }

  @Test
  void refusesInnerLengthBeyondTheEndOfTheOuterMessage() {
    wrap("0a 03  0a 02 aa  bb bb");
    assertThat(in.readTag()).isEqualTo(10);
    int outer = in.enterMessage();
    assertThat(outer).isEqualTo(7);
    assertThat(in.readTag()).isEqualTo(10);
    assertThatThrownBy(in::readLength)
        .isInstanceOf(MalformedWireException.class)
        .hasMessage("byte 3: length: 2 (expected: <= 1)");
  }

  @Test
  void leavesMessagesThatWereNotReadToTheirEnd() {
    wrap("0a 04  08 01 10 02  18 03");
    in.readTag();
    int outer = in.enterMessage();
    assertThat(in.readTag()).isEqualTo(8);
    in.leaveMessage(outer);
    assertThat(in.readTag()).isEqualTo(24);
  }

  @Test
  void skipsEveryWireType() {
    wrap("08 ff 01  11 0102030405060708  1a 02 aabb  25 01020304  2b 30 01 3b 3c 2c  48 05");
    for (int field = 1; field <= 5; field++) {
      int tag = in.readTag();
      assertThat(WireType.fieldNumber(tag)).isEqualTo(field);
      in.skip(tag);
    }
    assertThat(in.readTag()).isEqualTo(9 << 3);
  }

  @Test
  void refusesWireTypesThatDoNotExist() {
    assertSkipFails("0e", "byte 0: wire type 6 of field 1 (expected: 0 to 5)");
    assertSkipFails("0f", "byte 0: wire type 7 of field 1 (expected: 0 to 5)");
  }

  @Test
  void refusesGroupsThatDoNotMatch() {
    assertSkipFails("0c", "byte 0: end of group 1 (expected: one that began)");
    assertSkipFails("0b 14", "byte 1: end of group 2 (expected: one that began)");
    assertSkipFails("0b 10 01", "byte 1: end of the message (expected: end of group 1)");
  }

  @Test
  void allowsOneHundredNestedGroupsAndNoMore() {
    byte[] groups = new byte[202];
    Arrays.fill(groups, 1, 101, (byte) 0x0b);
    Arrays.fill(groups, 101, 201, (byte) 0x0c);
    in.wrap(groups, 1, 200);
    in.skip(in.readTag());
    assertThat(in.readTag()).isZero();

    groups[0] = 0x0b;
    groups[201] = 0x0c;
    in.wrap(groups, 0, 202);
    int tag = in.readTag();
    assertThatThrownBy(() -> in.skip(tag))
        .isInstanceOf(MalformedWireException.class)
        .hasMessage("byte 101: nesting: 101 (expected: <= 100)");
  }

  @Test
  void countsMessagesAndGroupsTogetherWhenTheyNest() {
    byte[] bytes = ByteString.fromHex("0a02" + "0b".repeat(100) + "0c".repeat(100)).toByteArray();
    bytes[1] = (byte) 200;
    byte[] padded = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, padded, 0, 2);
    padded[2] = 1;
    System.arraycopy(bytes, 2, padded, 3, 200);
    in.wrap(padded, 0, padded.length);
    in.readTag();
    in.enterMessage();
    int tag = in.readTag();
    assertThatThrownBy(() -> in.skip(tag)).hasMessageContaining("nesting: 101");
  }

  @Test
  void countsOffsetsFromTheStartOfTheRange() {
    byte[] bytes = {0, 0, 0, 8, (byte) 0x80, 1};
    in.wrap(bytes, 3, 2);
    in.readTag();
    assertThatThrownBy(in::readVarint64)
        .isInstanceOfSatisfying(
            MalformedWireException.class, e -> assertThat(e.offset()).isEqualTo(1));
  }

  @Test
  void refusesToWrapWhatIsNotInTheArray() {
    assertThatThrownBy(() -> in.wrap(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void malformedWireExceptionHasNoStackAndTellsItsPath() {
    MalformedWireException fault = new MalformedWireException(7, "length: 3 (expected: <= 2)");
    assertThat(fault.getStackTrace()).isEmpty();
    assertThat(fault.within("spans[1]").offset()).isEqualTo(7);
    assertThat(fault.within("spans[1]")).hasMessage("spans[1]: byte 7: length: 3 (expected: <= 2)");
  }

  private void assertSkipFails(String hex, String message) {
    assertMalformed(hex, reader -> reader.skip(reader.readTag()), message);
  }

  private void assertMalformed(String hex, Consumer<WireReader> read, String message) {
    wrap(hex);
    assertThatThrownBy(() -> read.accept(in))
        .isInstanceOf(MalformedWireException.class)
        .hasMessageStartingWith(message);
  }

  private void wrap(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    in.wrap(bytes, 0, bytes.length);
  }
}
