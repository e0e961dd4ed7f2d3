package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.contract.ReceiverContract;
import io.millrace.testkit.contract.SenderAnswer;
import io.millrace.testkit.contract.SenderAnswer.Kind;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The {@code otlp} receiver keeps, over gRPC, to what every receiver has to. */
class OtlpReceiverGrpcContractTest extends ReceiverContract {
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();

  private volatile @Nullable OtlpReceiver receiver;
  private @Nullable GrpcClient client;

  @AfterEach
  synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  protected Receiver create(ComponentContext context, Door door) {
    Protocols protocols = Configured.grpc("endpoint: localhost:0");
    OtlpReceiver created = new OtlpReceiver(context, protocols, door);
    receiver = created;
    return created;
  }

  @Override
  protected SenderAnswer send(Signal signal, byte[] request) throws Exception {
    CompletableFuture<SenderAnswer> answer = new CompletableFuture<>();
    client()
        .call(
            OtlpGrpcService.method(signal),
            request,
            0,
            request.length,
            TIMEOUT_NANOS,
            new UnaryResponse() {
              @Override
              public void succeeded(byte[] message) {
                answer.complete(SenderAnswer.of(Kind.ACCEPTED));
              }

              @Override
              public void failed(GrpcCode code, String message, long retryAfterNanos) {
                answer.complete(new SenderAnswer(kind(code, retryAfterNanos), retryAfterNanos));
              }
            });
    return answer.get();
  }

  /** A test method has one receiver that starts, so its senders share a connection. */
  private synchronized GrpcClient client() throws IOException {
    GrpcClient shared = client;
    if (shared == null) {
      int port = Objects.requireNonNull(receiver).grpcPort();
      shared =
          new GrpcClient(
              new GrpcClientConfig(
                  "localhost:" + port, Compression.GZIP, Map.of(), ClientTlsConfig.PLAINTEXT));
      client = shared;
    }
    return shared;
  }

  /**
   * Without a connection the client itself says UNAVAILABLE; what the receiver refuses has a hint.
   */
  private static Kind kind(GrpcCode code, long retryAfterNanos) {
    return switch (code) {
      case UNAVAILABLE -> retryAfterNanos > 0 ? Kind.REFUSED : Kind.FAILED;
      case INVALID_ARGUMENT -> Kind.REJECTED;
      case RESOURCE_EXHAUSTED -> Kind.TOO_LARGE;
      case UNIMPLEMENTED -> Kind.UNSUPPORTED;
      default -> Kind.FAILED;
    };
  }
}
