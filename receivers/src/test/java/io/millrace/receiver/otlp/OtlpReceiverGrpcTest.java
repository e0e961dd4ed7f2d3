package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Signal;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What senders over gRPC are answered. */
class OtlpReceiverGrpcTest {
  private static final byte[] BODY = {1, 2, 3};

  @Test
  void everySignalHasItsService() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(false)) {
      for (Signal signal : Signal.values()) {
        assertThat(call(receiver, OtlpGrpcService.method(signal)).code()).isEqualTo(GrpcCode.OK);
      }
      assertThat(receiver.door().requests())
          .extracting("signal")
          .containsExactly((Object[]) Signal.values());
      assertThat(receiver.door().requests().getFirst().bytes()).isEqualTo(BODY);
      assertThat(receiver.door().requests().getFirst().context().metadata()).isEmpty();
      assertThat(receiver.door().budget().used()).isZero();
    }
  }

  @Test
  void anUnknownMethodIsUnimplemented() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(false)) {
      assertThat(call(receiver, "opentelemetry.Other/Export").code())
          .isEqualTo(GrpcCode.UNIMPLEMENTED);
    }
  }

  @Test
  void aRefusalIsUnavailableWithItsHint() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(false)) {
      receiver.door().refuse("queue_full", TimeUnit.MILLISECONDS.toNanos(150));
      Answer answer = call(receiver, OtlpGrpcService.method(Signal.TRACES));
      assertThat(answer.code()).isEqualTo(GrpcCode.UNAVAILABLE);
      assertThat(answer.message()).contains("queue_full");
      assertThat(answer.retryAfterNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
    }
  }

  @Test
  void aRejectionIsAnInvalidArgumentWithoutHint() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(false)) {
      receiver.door().reject("byte 3");
      Answer answer = call(receiver, OtlpGrpcService.method(Signal.LOGS));
      assertThat(answer.code()).isEqualTo(GrpcCode.INVALID_ARGUMENT);
      assertThat(answer.message()).contains("byte 3");
      assertThat(answer.retryAfterNanos()).isZero();
    }
  }

  @Test
  void whatCanNeverFitIsResourceExhaustedWithoutHint() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(false)) {
      receiver.door().tooLarge("too large");
      Answer answer = call(receiver, OtlpGrpcService.method(Signal.METRICS));
      assertThat(answer.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
      assertThat(answer.retryAfterNanos()).isZero();
    }
  }

  @Test
  void metadataGoesAlongWhenItIsAskedFor() throws Exception {
    try (ReceiverUnderTest receiver = ReceiverUnderTest.overGrpc(true)) {
      call(receiver, OtlpGrpcService.method(Signal.TRACES));
      assertThat(receiver.door().requests().getFirst().context().metadata())
          .containsEntry("x-tenant", List.of("blue"));
      assertThat(receiver.door().requests().getFirst().context().clientAddress())
          .startsWith("127.0.0.1:");
    }
  }

  private record Answer(GrpcCode code, String message, long retryAfterNanos) {}

  private static Answer call(ReceiverUnderTest receiver, String method) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    GrpcClientConfig config =
        new GrpcClientConfig(
            "127.0.0.1:" + receiver.port(),
            false,
            Map.of("x-tenant", "blue"),
            ClientTlsConfig.PLAINTEXT);
    try (GrpcClient client = new GrpcClient(config)) {
      client.call(
          method,
          BODY,
          0,
          BODY.length,
          TimeUnit.SECONDS.toNanos(10),
          new UnaryResponse() {
            @Override
            public void succeeded(byte[] message) {
              answer.complete(new Answer(GrpcCode.OK, "", 0));
            }

            @Override
            public void failed(GrpcCode code, String message, long retryAfterNanos) {
              answer.complete(new Answer(code, message, retryAfterNanos));
            }
          });
      return answer.get(10, TimeUnit.SECONDS);
    }
  }
}
