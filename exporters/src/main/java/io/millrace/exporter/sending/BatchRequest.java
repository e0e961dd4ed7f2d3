package io.millrace.exporter.sending;

import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import java.util.List;

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
  public void send(long timeoutNanos, SendCallback callback) {
    sender.send(batch, timeoutNanos, callback);
  }

  @Override
  public List<BatchRequest> withoutFault() {
    return of(Isolation.bySender(batch));
  }

  @Override
  public List<BatchRequest> halves() {
    return of(Isolation.bySize(batch));
  }

  private List<BatchRequest> of(List<OtlpBatch> pieces) {
    return pieces.stream().map(piece -> new BatchRequest(piece, sender)).toList();
  }
}
