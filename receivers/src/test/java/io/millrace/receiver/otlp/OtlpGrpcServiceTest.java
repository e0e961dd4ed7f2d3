package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.InboundRequest;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OTLP over gRPC, from the wire to the door and back. */
final class OtlpGrpcServiceTest {
  private static final byte[] BODY = {10, 0};

  /** How a call ended. */
  private record Answer(GrpcCode code, String message, long retryAfterNanos, int length) {}

  private final ByteBudget budget = new ByteBudget(8 << 20);
  private final RecordingDoor door = new RecordingDoor(budget, EnumSet.allOf(Signal.class));

  @AfterEach
  void holdsNothingAtTheEnd() {
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void bringsEverySignalToTheDoor(Signal signal) throws IOException {
    Answer answer = export(signal, BODY, false);

    assertThat(answer).isEqualTo(new Answer(GrpcCode.OK, "", 0, 0));
    InboundRequest request = door.requests().getFirst();
    assertThat(request.signal()).isEqualTo(signal);
    assertThat(request.bytes()).isEqualTo(BODY);
    assertThat(request.length()).isEqualTo(BODY.length);
    assertThat(request.reservedBytes()).isEqualTo(BODY.length);
    assertThat(request.transport()).isEqualTo("grpc");
    assertThat(request.context()).isSameAs(RequestContext.EMPTY);
  }

  @Test
  void keepsMetadataAndPeerWhenAsked() throws IOException {
    export(Signal.LOGS, BODY, true);

    RequestContext context = door.requests().getFirst().context();
    assertThat(context.metadata()).containsEntry("x-tenant", List.of("a"));
    assertThat(context.clientAddress()).startsWith("127.0.0.1:");
  }

  @Test
  void answersAsTheDoorReplies() throws IOException {
    door.refuse("queue_full", 1_500_000_000L);
    assertThat(export(Signal.TRACES, BODY, false))
        .isEqualTo(new Answer(GrpcCode.UNAVAILABLE, "queue_full", 1_500_000_000L, 0));
    door.reject("byte 0: bad");
    assertThat(export(Signal.TRACES, BODY, false))
        .isEqualTo(new Answer(GrpcCode.INVALID_ARGUMENT, "byte 0: bad", 0, 0));
    door.tooLarge("never fits");
    assertThat(export(Signal.TRACES, BODY, false))
        .isEqualTo(new Answer(GrpcCode.RESOURCE_EXHAUSTED, "never fits", 0, 0));
  }

  @Test
  void letsTheDoorRefuseWhatWasNotRead() throws IOException {
    budget.charge(8 << 20);

    Answer answer = export(Signal.TRACES, BODY, false);

    assertThat(answer.code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(answer.retryAfterNanos()).isPositive();
    assertThat(door.unreadCount()).isEqualTo(1);
    budget.release(8 << 20);
  }

  @Test
  void hasNoServiceForASignalNobodyTakes() throws IOException {
    RecordingDoor narrow = new RecordingDoor(budget, EnumSet.of(Signal.LOGS));

    assertThat(export(narrow, Signal.TRACES, BODY, false).code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
    assertThat(export(narrow, Signal.LOGS, BODY, false).code()).isEqualTo(GrpcCode.OK);
  }

  private Answer export(Signal signal, byte[] body, boolean includeMetadata) throws IOException {
    return export(door, signal, body, includeMetadata);
  }

  private static Answer export(
      RecordingDoor door, Signal signal, byte[] body, boolean includeMetadata) throws IOException {
    Protocols config =
        Configured.grpc("endpoint: localhost:0, include_metadata: " + includeMetadata);
    OtlpReceiver receiver =
        new OtlpReceiver(new FakeHost(Clock.SYSTEM).context("otlp"), config, door);
    receiver.start();
    try (GrpcClient client = client(receiver.grpcPort())) {
      return call(client, OtlpGrpcService.method(signal), body);
    } finally {
      receiver.shutdown();
    }
  }

  private static Answer call(GrpcClient client, String method, byte[] body) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    client.call(
        method,
        body,
        0,
        body.length,
        TimeUnit.SECONDS.toNanos(20),
        new UnaryResponse() {
          @Override
          public void succeeded(byte[] message) {
            answer.complete(new Answer(GrpcCode.OK, "", 0, message.length));
          }

          @Override
          public void failed(GrpcCode code, String message, long retryAfterNanos) {
            answer.complete(new Answer(code, message, retryAfterNanos, 0));
          }
        });
    return answer.join();
  }

  private static GrpcClient client(int port) throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            "127.0.0.1:" + port,
            Compression.NONE,
            Map.of("x-tenant", "a"),
            ClientTlsConfig.PLAINTEXT));
  }
}
