package io.millrace.benchmarks.traffic;

import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.http.HttpCallback;
import io.millrace.transport.http.HttpClient;
import io.millrace.transport.http.HttpClientConfig;
import io.millrace.transport.http.HttpResponse;
import io.millrace.wire.MalformedWireException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Posts over HTTP/1.1, in plain text. Thread safe. */
final class HttpRequestSender implements RequestSender {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final int CONNECTIONS_MAX = 10_000;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final HttpClient client;

  HttpRequestSender(String path, int port) throws SSLException {
    client =
        new HttpClient(
            new HttpClientConfig(
                URI.create("http://localhost:" + port + path),
                PROTOBUF,
                Compressor.NONE,
                Map.of(),
                CONNECTIONS_MAX,
                ClientTlsConfig.PLAINTEXT));
  }

  @Override
  public void send(byte[] request, Consumer<Answer> answer) {
    client.post(request, 0, request.length, TIMEOUT_NANOS, new Callback(answer));
  }

  @Override
  public void close() {
    client.close();
  }

  /** Thread safe. */
  private record Callback(Consumer<Answer> answer) implements HttpCallback {
    @Override
    public void answered(HttpResponse response) {
      answer.accept(
          switch (response.status()) {
            case 200 -> Answer.ACCEPTED;
            case 429, 503 ->
                Answer.refused(hintNanos(response.header("retry-after")), reason(response));
            default -> Answer.FAILED;
          });
    }

    private static String reason(HttpResponse response) {
      try {
        return RpcStatus.decode(response.body()).message();
      } catch (MalformedWireException e) { // a proxy's page
        return "HTTP " + response.status();
      }
    }

    private static long hintNanos(String seconds) {
      return seconds.isEmpty() ? 0 : TimeUnit.SECONDS.toNanos(Long.parseLong(seconds));
    }

    @Override
    public void failed(String reason) {
      answer.accept(Answer.FAILED);
    }
  }
}
