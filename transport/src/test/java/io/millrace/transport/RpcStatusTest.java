package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.millrace.wire.MalformedWireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-written encoding against the generated one. */
final class RpcStatusTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 999_999_999, 1_000_000_000, 1_500_000_000, 7_200_000_000_000L})
  void encodesRetryInfoAsProtobufDoes(long nanos) {
    Status expected =
        Status.newBuilder()
            .setCode(14)
            .setMessage("später")
            .addDetails(retryInfo(nanos / 1_000_000_000, (int) (nanos % 1_000_000_000)))
            .build();

    assertThat(parse(new RpcStatus(14, "später", nanos).encode())).isEqualTo(expected);
  }

  @Test
  void encodesNoDetailWithoutHint() {
    assertThat(parse(new RpcStatus(3, "bad", 0).encode()))
        .isEqualTo(Status.newBuilder().setCode(3).setMessage("bad").build());
  }

  @Test
  void encodesNothingAsNothing() {
    assertThat(new RpcStatus(0, "", 0).encode()).isEmpty();
  }

  @Test
  void findsRetryInfoAmongOtherDetails() {
    Status status =
        Status.newBuilder()
            .setCode(8)
            .setMessage("quota")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("x").build()))
            .addDetails(retryInfo(2, 500_000_000))
            .build();

    assertThat(RpcStatus.decode(status.toByteArray()))
        .isEqualTo(new RpcStatus(8, "quota", 2_500_000_000L));
  }

  @Test
  void takesHostileDelaysAsTheShortestOrTheLongest() {
    assertThat(decodedDelay(-5, 0)).isOne();
    assertThat(decodedDelay(0, -1)).isOne();
    assertThat(decodedDelay(Long.MAX_VALUE, 999_999_999)).isEqualTo(Long.MAX_VALUE);
    assertThat(decodedDelay(Long.MIN_VALUE, 0)).isOne();
  }

  @Test
  void takesARetryInfoWithoutDelayForAHint() {
    Status status =
        Status.newBuilder().setCode(8).addDetails(Any.pack(RetryInfo.getDefaultInstance())).build();

    assertThat(RpcStatus.decode(status.toByteArray()).retryAfterNanos()).isOne();
    assertThat(decodedDelay(0, 0)).isOne();
  }

  @Test
  void skipsUnknownFields() {
    byte[] unknown = {0x78, 0x01}; // field 15
    assertThat(RpcStatus.decode(unknown)).isEqualTo(new RpcStatus(0, "", 0));
  }

  @Test
  void refusesLengthBeyondTheEnd() {
    byte[] hostile = {0x1a, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    assertThatThrownBy(() -> RpcStatus.decode(hostile)).isInstanceOf(MalformedWireException.class);
  }

  private static long decodedDelay(long seconds, int nanos) {
    Status status = Status.newBuilder().addDetails(retryInfo(seconds, nanos)).build();
    return RpcStatus.decode(status.toByteArray()).retryAfterNanos();
  }

  private static Any retryInfo(long seconds, int nanos) {
    return Any.pack(
        RetryInfo.newBuilder()
            .setRetryDelay(Duration.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build());
  }

  private static Status parse(byte[] bytes) {
    try {
      return Status.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
