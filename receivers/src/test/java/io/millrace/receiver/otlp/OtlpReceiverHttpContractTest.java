package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ReceiverContract;
import io.millrace.testkit.contract.SenderAnswer;
import io.millrace.testkit.contract.SenderAnswer.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The {@code otlp} receiver keeps, over HTTP, to what every receiver has to. */
class OtlpReceiverHttpContractTest extends ReceiverContract {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile @Nullable OtlpReceiver receiver;

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @Override
  protected Receiver create(ComponentContext context, Door door) {
    OtlpReceiver created =
        new OtlpReceiver(context, Configured.http("endpoint: localhost:0"), door);
    receiver = created;
    return created;
  }

  @Override
  protected SenderAnswer send(Signal signal, byte[] request) throws InterruptedException {
    int port = Objects.requireNonNull(receiver).httpPort();
    URI uri =
        URI.create(
            "http://localhost:"
                + port
                + OtlpHttpHandler.path(signal, OtlpReceiverConfig.Http.DEFAULT));
    HttpRequest post =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", BodyFormat.PROTOBUF.mediaType())
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    try {
      return answer(client.send(post, BodyHandlers.discarding()));
    } catch (IOException noAnswer) {
      return SenderAnswer.of(Kind.FAILED);
    }
  }

  private static SenderAnswer answer(HttpResponse<Void> response) {
    return switch (response.statusCode()) {
      case 200 -> SenderAnswer.of(Kind.ACCEPTED);
      case 503 -> {
        long seconds = response.headers().firstValueAsLong("Retry-After").orElse(0);
        yield new SenderAnswer(Kind.REFUSED, Duration.ofSeconds(seconds).toNanos());
      }
      case 400 -> SenderAnswer.of(Kind.REJECTED);
      case 413 -> SenderAnswer.of(Kind.TOO_LARGE);
      case 404 -> SenderAnswer.of(Kind.UNSUPPORTED);
      default -> SenderAnswer.of(Kind.FAILED);
    };
  }
}
