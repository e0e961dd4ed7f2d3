package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.Signal;
import io.millrace.wire.MalformedWireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole batch as a request. Immutable. */
record BatchRequest(OtlpBatch batch, Sender sender) implements ExportRequest {
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
    return Account.of("", null, batch.context(), sender.reads());
  }

  @Override
  public void send(long timeoutNanos, SendCallback callback) {
    sender.send(batch, timeoutNanos, callback);
  }

  @Override
  public List<BatchRequest> cut(int items) {
    if (batch.signal() == Signal.PROFILES) {
      return List.of();
    }
    try {
      return OtlpSplitter.cut(batch, items, batch.items() - items).stream()
          .map(piece -> new BatchRequest(piece, sender))
          .toList();
    } catch (MalformedWireException e) { // the door need not have looked this deep into it
      return List.of();
    }
  }
}
