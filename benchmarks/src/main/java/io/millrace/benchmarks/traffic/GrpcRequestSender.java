package io.millrace.benchmarks.traffic;

import io.millrace.pdata.Signal;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Sends over one gRPC connection, in plain text. Thread safe. */
final class GrpcRequestSender implements RequestSender {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String method;
  private final GrpcClient client;

  GrpcRequestSender(Signal signal, int port) throws SSLException {
    method = ExportMethods.of(signal);
    client =
        new GrpcClient(
            new GrpcClientConfig(
                "localhost:" + port, Compression.NONE, Map.of(), ClientTlsConfig.PLAINTEXT));
  }

  @Override
  public void send(byte[] request, Consumer<Answer> answer) {
    client.call(method, request, 0, request.length, TIMEOUT_NANOS, new Response(answer));
  }

  @Override
  public void close() {
    client.close();
  }

  /** Thread safe. */
  private record Response(Consumer<Answer> answer) implements UnaryResponse {
    @Override
    public void succeeded(byte[] message) {
      answer.accept(Answer.ACCEPTED);
    }

    @Override
    public void failed(GrpcCode code, String message, long retryAfterNanos) {
      boolean isRefusal = code == GrpcCode.UNAVAILABLE;
      answer.accept(isRefusal ? Answer.refused(retryAfterNanos, message) : Answer.FAILED);
    }
  }
}
