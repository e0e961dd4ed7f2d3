package io.millrace.exporter.otlphttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.millrace.component.Clock;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.OtlpResponse;
import io.millrace.exporter.sending.RetryAfter;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.exporter.sending.SendResult;
import io.millrace.exporter.sending.Sender;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.transport.http.HttpCallback;
import io.millrace.transport.http.HttpClient;
import io.millrace.transport.http.HttpClientConfig;
import io.millrace.transport.http.HttpResponse;
import io.millrace.wire.MalformedWireException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one POST per batch and reads the answer by OTLP's table.
 *
 * <p>Source: OTLP specification 1.11, OTLP/HTTP response, failures and throttling. Thread safe.
 */
final class HttpSender implements Sender {
  private final HttpClientConfig config;
  private final Authorizer authorizer;
  private final Encoding encoding;
  private final Clock clock;
  private volatile @Nullable HttpClient client;

  HttpSender(HttpClientConfig config, Authorizer authorizer, Encoding encoding, Clock clock) {
    this.config = config;
    this.authorizer = authorizer;
    this.encoding = encoding;
    this.clock = clock;
  }

  @Override
  public void start() throws IOException {
    client = new HttpClient(config);
  }

  @Override
  public void shutdown() {
    HttpClient started = client;
    if (started != null) {
      started.close();
    }
  }

  @Override
  public ContextKeys reads() {
    return authorizer.reads();
  }

  @Override
  public void send(OtlpBatch batch, long timeoutNanos, SendCallback callback) {
    HttpClient started = requireNonNull(client, "not started");
    RequestBody body;
    try {
      body = encoding.body(batch);
    } catch (MalformedWireException e) {
      callback.finished(new SendResult.Permanent("batch does not decode: " + e.getMessage()));
      return;
    } catch (IOException e) {
      callback.finished(new SendResult.TooLarge(String.valueOf(e.getMessage())));
      return;
    }
    authorizer.authorize(
        batch.context(),
        callback,
        (headers, authorized) ->
            started.post(
                body.bytes(),
                body.offset(),
                body.length(),
                headers,
                timeoutNanos,
                new Answer(authorized)));
  }

  private final class Answer implements HttpCallback {
    private final SendCallback callback;

    Answer(SendCallback callback) {
      this.callback = callback;
    }

    @Override
    public void answered(HttpResponse response) {
      callback.finished(
          classify(
              encoding,
              response.status(),
              response.header("content-type"),
              response.header("retry-after"),
              response.body(),
              clock.unixNanos()));
    }

    @Override
    public void failed(String reason) {
      callback.finished(new SendResult.Retryable(reason, 0));
    }
  }

  static SendResult classify(
      Encoding encoding,
      int status,
      String contentType,
      String retryAfter,
      byte[] body,
      long unixNanos) {
    boolean isEncoded = contentType.startsWith(encoding.mediaType());
    if (status >= 200 && status < 300) {
      return isEncoded ? success(encoding, body) : SendResult.DELIVERED;
    }
    String reason =
        "HTTP " + status + ": " + (isEncoded ? message(encoding, body) : new String(body, UTF_8));
    return switch (status) {
      case 429, 503 -> new SendResult.Retryable(reason, RetryAfter.nanos(retryAfter, unixNanos));
      case 502, 504 -> new SendResult.Retryable(reason, 0);
      case 401, 403 -> new SendResult.Held(reason);
      case 404, 405, 415 -> new SendResult.Unserved(reason);
      case 413 -> new SendResult.TooLarge(reason);
      default ->
          status >= 300 && status < 400
              ? new SendResult.Unserved(reason)
              : new SendResult.Permanent(reason);
    };
  }

  private static SendResult success(Encoding encoding, byte[] body) {
    try {
      return body.length == 0
          ? SendResult.DELIVERED
          : OtlpResponse.read(encoding.exportResponse(body));
    } catch (MalformedWireException e) {
      return OtlpResponse.unreadable(e);
    }
  }

  private static String message(Encoding encoding, byte[] body) {
    try {
      return encoding.status(body).message();
    } catch (MalformedWireException e) {
      return "status does not decode: " + e.getMessage();
    }
  }
}
