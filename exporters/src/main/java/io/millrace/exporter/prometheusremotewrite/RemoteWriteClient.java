package io.millrace.exporter.prometheusremotewrite;

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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one POST per request and reads the answer as {@link PushAnswer} says; of what is refused in
 * 1.0 nothing was stored.
 *
 * <p>After an attempt without an answer, or with one of a proxy, the backend may have the samples;
 * if it then says that they are duplicates or out of order, they have arrived.
 *
 * <p>A backend of 2.0 says how much it has written, also where it refuses the rest, which is not
 * sent again. One that does not say, or answers 415, is older than it was taken for: it is sent the
 * same in 1.0 at once, within the same attempt, and everything else from then on.
 *
 * <p>Source: Prometheus remote write 1.0 and 2.0, retries and backoff. Thread safe.
 */
final class RemoteWriteClient {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteClient.class);
  private static final String WRITTEN = "x-prometheus-remote-write-%s-written";
  private static final String SAMPLES_WRITTEN = WRITTEN.formatted("samples");
  private static final String HISTOGRAMS_WRITTEN = WRITTEN.formatted("histograms");
  private static final String EXEMPLARS_WRITTEN = WRITTEN.formatted("exemplars");

  private final Function<Protocol, HttpClientConfig> config;
  private final Authorizer authorizer;
  private final Clock clock;
  private final Counter assumedDelivered;
  private final Map<Protocol, HttpClient> clients = new ConcurrentHashMap<>();
  private volatile Protocol protocol;

  /** Creates a client that begins with {@code protocol}. */
  RemoteWriteClient(
      Protocol protocol,
      Function<Protocol, HttpClientConfig> config,
      Authorizer authorizer,
      Clock clock,
      Counter assumedDelivered) {
    this.protocol = protocol;
    this.config = config;
    this.authorizer = authorizer;
    this.clock = clock;
    this.assumedDelivered = assumedDelivered;
  }

  void start() throws IOException {
    for (Protocol each : protocol == Protocol.V2 ? Protocol.values() : new Protocol[] {protocol}) {
      clients.put(each, new HttpClient(config.apply(each)));
    }
  }

  /** What of a context the credentials are made of. */
  ContextKeys reads() {
    return authorizer.reads();
  }

  void shutdown() {
    clients.values().forEach(HttpClient::close);
  }

  /** The version that the backend speaks as far as is known. */
  Protocol protocol() {
    return protocol;
  }

  void send(LaneRequest request, Encoded encoded, long timeoutNanos, SendCallback callback) {
    byte[] body = encoded.body();
    HttpClient started = requireNonNull(clients.get(encoded.protocol()), "not started");
    long startNanos = clock.nanos();
    authorizer.authorize(
        request.source.context(),
        callback,
        (headers, authorized) ->
            started.post(
                body,
                0,
                body.length,
                headers,
                timeoutNanos,
                new Answer(request, encoded, startNanos, timeoutNanos, authorized)));
  }

  private final class Answer implements HttpCallback {
    private final LaneRequest request;
    private final Encoded encoded;
    private final long startNanos;
    private final long timeoutNanos;
    private final SendCallback callback;

    Answer(
        LaneRequest request,
        Encoded encoded,
        long startNanos,
        long timeoutNanos,
        SendCallback callback) {
      this.request = request;
      this.encoded = encoded;
      this.startNanos = startNanos;
      this.timeoutNanos = timeoutNanos;
      this.callback = callback;
    }

    @Override
    public void answered(HttpResponse response) {
      if (encoded.protocol() == Protocol.V2 && isOlder(response)) {
        fallBack(response.status());
        long leftNanos = timeoutNanos - (clock.nanos() - startNanos);
        request.send(Math.max(1, leftNanos), callback);
      } else {
        callback.finished(result(request, encoded, response));
      }
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

  private SendResult result(LaneRequest request, Encoded encoded, HttpResponse response) {
    int status = response.status();
    String text = new String(response.body(), UTF_8);
    if (status == 502 || status == 504) {
      request.becomeAmbiguous();
    }
    if (status == 400 && request.isAmbiguous() && tellsOfRepetition(text)) {
      assumedDelivered.add(request.items());
      return SendResult.DELIVERED;
    }
    SendResult ofV2 =
        encoded.protocol() == Protocol.V2 ? resultOfV2(request, encoded, response, text) : null;
    return ofV2 != null
        ? ofV2
        : PushAnswer.of(status, text, response.header("retry-after"), clock.unixNanos());
  }

  /** Returns what only 2.0 knows; {@code null} where the answer means the same in both. */
  private @Nullable SendResult resultOfV2(
      LaneRequest request, Encoded encoded, HttpResponse response, String text) {
    int status = response.status();
    if (!isFinal(status)) {
      return null;
    }
    long written =
        number(response.header(SAMPLES_WRITTEN)) + number(response.header(HISTOGRAMS_WRITTEN));
    long lost = Math.clamp(encoded.samples() - written, 0L, (long) request.items());
    return lost == 0
        ? SendResult.DELIVERED
        : new SendResult.PartialSuccess(lost, PushAnswer.reason(status, text));
  }

  /** Returns whether the backend knows nothing of 2.0: one that does says what it has written. */
  private static boolean isOlder(HttpResponse response) {
    boolean saysWhatIsWritten =
        !response.header(SAMPLES_WRITTEN).isEmpty()
            || !response.header(HISTOGRAMS_WRITTEN).isEmpty()
            || !response.header(EXEMPLARS_WRITTEN).isEmpty();
    return response.status() == 415 || (isFinal(response.status()) && !saysWhatIsWritten);
  }

  private static boolean isFinal(int status) {
    return (status >= 200 && status < 300) || status == 400;
  }

  private void fallBack(int status) {
    if (protocol == Protocol.V2) {
      protocol = Protocol.V1;
      LOG.warn("the backend does not speak remote write 2.0 (HTTP {}), going on with 1.0", status);
    }
  }

  private static long number(String header) {
    try {
      return header.isBlank() ? 0 : Math.max(0, Long.parseLong(header.strip()));
    } catch (NumberFormatException e) { // a backend that cannot count has written nothing
      return 0;
    }
  }

  /** Prometheus' words, and those of Mimir and Thanos. */
  static boolean tellsOfRepetition(String answer) {
    String text = answer.toLowerCase(Locale.ROOT).replace('-', ' ');
    return text.contains("out of order")
        || text.contains("duplicate sample")
        || text.contains("duplicate timestamp");
  }
}
