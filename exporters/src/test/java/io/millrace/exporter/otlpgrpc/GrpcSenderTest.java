package io.millrace.exporter.otlpgrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.sending.SendResult;
import io.millrace.transport.grpc.GrpcCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry table of OTLP/gRPC. */
class GrpcSenderTest {
  @ParameterizedTest
  @EnumSource(
      value = GrpcCode.class,
      names = {
        "CANCELLED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNAVAILABLE",
        "DATA_LOSS"
      })
  void retriesWhatMayPass(GrpcCode code) {
    assertThat(GrpcSender.classify(code, "later", 7))
        .isEqualTo(new SendResult.Retryable(code + ": later", 7));
  }

  @ParameterizedTest
  @EnumSource(
      value = GrpcCode.class,
      names = {
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "FAILED_PRECONDITION",
        "INTERNAL"
      })
  void neverRetriesWhatWillNot(GrpcCode code) {
    assertThat(GrpcSender.classify(code, "", 7)).isEqualTo(new SendResult.Permanent(code.name()));
  }

  @Test
  void retriesExhaustionOnlyWithAHint() {
    assertThat(GrpcSender.classify(GrpcCode.RESOURCE_EXHAUSTED, "quota", 7))
        .isEqualTo(new SendResult.Retryable("RESOURCE_EXHAUSTED: quota", 7));
    assertThat(GrpcSender.classify(GrpcCode.RESOURCE_EXHAUSTED, "quota", 0))
        .isEqualTo(new SendResult.Permanent("RESOURCE_EXHAUSTED: quota"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc: received message larger than max (5 vs. 4)",
        "gRPC message exceeds maximum size 4194304: 4194305",
        "decompressed message: over 16777216 bytes (expected: at most that)"
      })
  void knowsAMessageThatIsTooLarge(String message) {
    assertThat(GrpcSender.classify(GrpcCode.RESOURCE_EXHAUSTED, message, 0))
        .isInstanceOf(SendResult.TooLarge.class);
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMITED: ingestion rate limit (local: 10 bytes; global: 0 bytes) exceeded while adding 11"
        + " bytes for user x, true",
    "RATE_LIMITED: ingestion rate limit (10 bytes) exceeded while adding 11 bytes, true",
    "RATE_LIMITED: ingestion rate limit (local: 10 bytes; global: 0 bytes) exceeded while adding 9"
        + " bytes for user x, false",
    "ingestion rate limit (9999999999999999999 bytes) exceeded while adding 99999999999999999999"
        + " bytes, false"
  })
  void aRequestAboveTempoRateIsTooLargeWhateverTheHint(String message, boolean isTooLarge) {
    assertThat(GrpcSender.classify(GrpcCode.RESOURCE_EXHAUSTED, message, 7))
        .isInstanceOf(isTooLarge ? SendResult.TooLarge.class : SendResult.Retryable.class);
  }

  @Test
  void aServiceThatIsNotThereHolds() {
    assertThat(GrpcSender.classify(GrpcCode.UNIMPLEMENTED, "unknown service", 0))
        .isEqualTo(new SendResult.Unserved("UNIMPLEMENTED: unknown service"));
  }

  @Test
  void wrongCredentialsAreNotTheBatchsFault() {
    assertThat(GrpcSender.classify(GrpcCode.UNAUTHENTICATED, "", 0))
        .isEqualTo(new SendResult.Held("UNAUTHENTICATED"));
    assertThat(GrpcSender.classify(GrpcCode.PERMISSION_DENIED, "", 0))
        .isEqualTo(new SendResult.Held("PERMISSION_DENIED"));
  }
}
