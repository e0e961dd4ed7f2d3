package io.millrace.exporter.otlpgrpc;

import io.millrace.exporter.sending.Account;
import io.millrace.exporter.sending.ExportRequest;
import io.millrace.exporter.sending.OtlpResponse;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.exporter.sending.SendResult;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that remembers that it was too much for the backend: one that is called so twice,
 * without a hint when to come back, never gets in as it is, for a backend counts a request against
 * its burst as a whole. Then it goes on in halves. Thread safe.
 */
final class OtlpRequest implements ExportRequest {
  private final OtlpBatch batch;
  private final GrpcSender sender;
  private final Map<String, String> headers;
  private final @Nullable Account account;
  private final boolean splitsExhausted;
  private volatile boolean wasExhausted;

  OtlpRequest(
      OtlpBatch batch,
      GrpcSender sender,
      Map<String, String> headers,
      @Nullable Account account,
      boolean splitsExhausted) {
    this.batch = batch;
    this.sender = sender;
    this.headers = headers;
    this.account = account;
    this.splitsExhausted = splitsExhausted;
  }

  @Override
  public int items() {
    return batch.items();
  }

  @Override
  public int length() {
    return batch.length();
  }

  @Override
  public Ack ack() {
    return batch.ack();
  }

  @Override
  public @Nullable Account account() {
    return account;
  }

  @Override
  public void send(long timeoutNanos, SendCallback callback) {
    sender.send(batch, headers, timeoutNanos, callback, Answer::new);
  }

  @Override
  public List<OtlpRequest> cut(int items) {
    return OtlpSplitter.cut(batch, items, batch.items() - items).stream()
        .map(piece -> new OtlpRequest(piece, sender, headers, account, splitsExhausted))
        .toList();
  }

  private SendResult result(GrpcCode code, String message, long retryAfterNanos) {
    SendResult result = GrpcSender.classify(code, message, retryAfterNanos);
    boolean isUndecided =
        splitsExhausted
            && code == GrpcCode.RESOURCE_EXHAUSTED
            && result instanceof SendResult.Permanent;
    if (!isUndecided) {
      return result;
    }
    String reason = code + ": " + message;
    if (wasExhausted) {
      return new SendResult.TooLarge(reason);
    }
    wasExhausted = true;
    return new SendResult.Retryable(reason, 0);
  }

  private final class Answer implements UnaryResponse {
    private final SendCallback callback;

    Answer(SendCallback callback) {
      this.callback = callback;
    }

    @Override
    public void succeeded(byte[] message) {
      callback.finished(OtlpResponse.read(message));
    }

    @Override
    public void failed(GrpcCode code, String message, long retryAfterNanos) {
      callback.finished(result(code, message, retryAfterNanos));
    }
  }
}
