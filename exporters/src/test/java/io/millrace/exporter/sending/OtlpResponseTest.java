package io.millrace.exporter.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;

class OtlpResponseTest {
  private static SendResult read(ExportTracePartialSuccess.Builder partial) {
    return OtlpResponse.read(
        ExportTraceServiceResponse.newBuilder().setPartialSuccess(partial).build().toByteArray());
  }

  @Test
  void anEmptyAnswerIsFullSuccess() {
    assertThat(OtlpResponse.read(new byte[0])).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void anEmptyPartialSuccessIsFullSuccess() {
    assertThat(read(ExportTracePartialSuccess.newBuilder())).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void tellsHowManyItemsWereRejectedAndWhy() {
    assertThat(read(ExportTracePartialSuccess.newBuilder().setRejectedSpans(3)))
        .isEqualTo(new SendResult.PartialSuccess(3, ""));
    assertThat(
            OtlpResponse.read(
                ExportLogsServiceResponse.newBuilder()
                    .setPartialSuccess(
                        ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(1)
                            .setErrorMessage("zu groß"))
                    .build()
                    .toByteArray()))
        .isEqualTo(new SendResult.PartialSuccess(1, "zu groß"));
  }

  @Test
  void keepsAdviceThatRejectsNothing() {
    assertThat(read(ExportTracePartialSuccess.newBuilder().setErrorMessage("slow down")))
        .isEqualTo(new SendResult.PartialSuccess(0, "slow down"));
  }

  @Test
  void skipsFieldsItDoesNotKnow() {
    assertThat(OtlpResponse.read(new byte[] {0x10, 0x01, 0x0a, 0x02, 0x18, 0x05}))
        .isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void anythingElseTellsOfNothingThatArrived() {
    assertThat(OtlpResponse.read("<html>".getBytes(US_ASCII)))
        .isInstanceOf(SendResult.PartialSuccess.class);
  }
}
