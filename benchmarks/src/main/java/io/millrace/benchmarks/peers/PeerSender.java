package io.millrace.benchmarks.peers;

import com.google.protobuf.Message;
import io.millrace.benchmarks.traffic.ExportMethods;
import io.millrace.pdata.Signal;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends requests one after the other until each is taken. Confined to one thread. */
final class PeerSender implements AutoCloseable {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int ATTEMPTS_MAX = 100;

  private final GrpcClient client;

  PeerSender(int port) throws IOException {
    client =
        new GrpcClient(
            new GrpcClientConfig(
                "localhost:" + port, Compression.NONE, Map.of(), ClientTlsConfig.PLAINTEXT));
  }

  /**
   * Returns when the request was taken; one that is refused is sent again.
   *
   * @throws IOException when it was rejected, or refused too often
   */
  void send(Signal signal, Message request) throws IOException, InterruptedException {
    byte[] bytes = request.toByteArray();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Outcome outcome = attempt(ExportMethods.of(signal), bytes);
      if (outcome.code() == GrpcCode.OK) {
        return;
      }
      if (outcome.code() != GrpcCode.UNAVAILABLE) {
        throw new IOException(outcome.toString());
      }
      LockSupport.parkNanos(outcome.retryAfterNanos());
    }
    throw new IOException("refused " + ATTEMPTS_MAX + " times");
  }

  private Outcome attempt(String method, byte[] bytes) throws InterruptedException {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    client.call(method, bytes, 0, bytes.length, TIMEOUT_NANOS, new Response(outcome));
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new AssertionError("nobody completes it exceptionally", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private record Outcome(GrpcCode code, String message, long retryAfterNanos) {}

  /** Thread safe. */
  private record Response(CompletableFuture<Outcome> outcome) implements UnaryResponse {
    @Override
    public void succeeded(byte[] message) {
      outcome.complete(new Outcome(GrpcCode.OK, "", 0));
    }

    @Override
    public void failed(GrpcCode code, String message, long retryAfterNanos) {
      outcome.complete(new Outcome(code, message, retryAfterNanos));
    }
  }
}
