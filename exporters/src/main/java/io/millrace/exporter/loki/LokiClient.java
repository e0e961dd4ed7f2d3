package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.millrace.component.Clock;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.PushAnswer;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.exporter.sending.SendResult;
import io.millrace.pdata.ContextKeys;
import io.millrace.telemetry.Counter;
import io.millrace.transport.http.HttpCallback;
import io.millrace.transport.http.HttpClient;
import io.millrace.transport.http.HttpClientConfig;
import io.millrace.transport.http.HttpResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes one POST per request and reads the answer as {@link PushAnswer} says, but
 *
 * <pre>
 *   260  the tenant is blocked: never again, and not in pieces
 *   400  Loki has what it can take; the rest never again
 * </pre>
 *
 * <p>After an attempt without an answer, or with one of a proxy, Loki may have the entries; if it
 * then says that they are out of order, they have arrived.
 *
 * <p>Source: Loki 3, distributor and ingester. Thread safe.
 */
final class LokiClient {
  private static final int BLOCKED = 260;

  private final HttpClientConfig config;
  private final Authorizer authorizer;
  private final Clock clock;
  private final Counter assumedDelivered;
  private volatile @Nullable HttpClient client;

  LokiClient(
      HttpClientConfig config, Authorizer authorizer, Clock clock, Counter assumedDelivered) {
    this.config = config;
    this.authorizer = authorizer;
    this.clock = clock;
    this.assumedDelivered = assumedDelivered;
  }

  void start() throws IOException {
    client = new HttpClient(config);
  }

  /** What of a context the credentials are made of. */
  ContextKeys reads() {
    return authorizer.reads();
  }

  void shutdown() {
    HttpClient started = client;
    if (started != null) {
      started.close();
    }
  }

  void send(LokiRequest request, long timeoutNanos, SendCallback callback) {
    byte[] body = request.push.body();
    String tenant = request.push.tenant();
    HttpClient started = requireNonNull(client, "not started");
    authorizer.authorize(
        request.source.context(),
        callback,
        (credentials, authorized) -> {
          Map<String, String> headers = new LinkedHashMap<>(credentials);
          if (!tenant.isEmpty()) {
            headers.put("X-Scope-OrgID", tenant);
          }
          Answer answer = new Answer(request, authorized);
          started.post(body, 0, body.length, headers, timeoutNanos, answer);
        });
  }

  private final class Answer implements HttpCallback {
    private final LokiRequest request;
    private final SendCallback callback;

    Answer(LokiRequest request, SendCallback callback) {
      this.request = request;
      this.callback = callback;
    }

    @Override
    public void answered(HttpResponse response) {
      callback.finished(result(request, response));
    }

    @Override
    public void failed(String reason) {
      request.becomeAmbiguous();
      notSent(reason);
    }

    @Override
    public void notSent(String reason) {
      callback.finished(new SendResult.Retryable(reason, 0));
    }
  }

  private SendResult result(LokiRequest request, HttpResponse response) {
    int status = response.status();
    String text = new String(response.body(), UTF_8);
    if (status == 502 || status == 504) {
      request.becomeAmbiguous();
    }
    if (status == 400 && request.isAmbiguous() && tellsOfRepetition(text)) {
      assumedDelivered.add(request.items());
      return SendResult.DELIVERED;
    }
    return classify(status, text, response.header("retry-after"), clock.unixNanos());
  }

  /** A Loki that insists on order refuses what it already has. */
  static boolean tellsOfRepetition(String answer) {
    return answer.toLowerCase(Locale.ROOT).contains("entry out of order");
  }

  static SendResult classify(int status, String text, String retryAfter, long unixNanos) {
    return switch (status) {
      case BLOCKED -> allLost(PushAnswer.reason(status, text));
      case 400 -> partial(text, PushAnswer.reason(status, text));
      default -> PushAnswer.of(status, text, retryAfter, unixNanos);
    };
  }

  private static SendResult partial(String text, String reason) {
    OptionalLong rejected = RefusedEntries.count(text);
    return rejected.isPresent()
        ? new SendResult.PartialSuccess(rejected.getAsLong(), reason)
        : allLost(reason);
  }

  /** Nobody knows how much is stored, so that no piece of it may be sent again. */
  private static SendResult allLost(String reason) {
    return new SendResult.PartialSuccess(Long.MAX_VALUE, reason);
  }
}
