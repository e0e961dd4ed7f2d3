package io.millrace.exporter.loki;

import io.millrace.exporter.sending.Account;
import io.millrace.exporter.sending.ExportRequest;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A push request and its ack, and the batch to make smaller ones of when it is too large. Thread
 * safe.
 */
final class LokiRequest implements ExportRequest {
  final OtlpBatch source;
  final Push push;
  private final LokiSplitter splitter;
  private final Ack ack;
  private final int items;

  /** An earlier attempt brought no answer, so Loki may have the entries already. */
  private volatile boolean ambiguous;

  LokiRequest(LokiSplitter splitter, OtlpBatch source, Push push, Ack ack) {
    this.splitter = splitter;
    this.source = source;
    this.push = push;
    this.ack = ack;
    this.items = push.items().cardinality();
  }

  @Override
  public int items() {
    return items;
  }

  /** The body, and this request's share of the batch. */
  @Override
  public int length() {
    long share = (long) source.length() * items / Math.max(1, source.items());
    return (int) Math.min(Integer.MAX_VALUE, push.body().length + share);
  }

  @Override
  public Ack ack() {
    return ack;
  }

  boolean isAmbiguous() {
    return ambiguous;
  }

  void becomeAmbiguous() {
    ambiguous = true;
  }

  @Override
  public @Nullable Account account() {
    return splitter.account(this);
  }

  @Override
  public void send(long timeoutNanos, SendCallback callback) {
    splitter.client().send(this, timeoutNanos, callback);
  }

  @Override
  public List<LokiRequest> cut(int count) {
    return splitter.cut(this, count);
  }
}
