package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.sending.Account;
import io.millrace.exporter.sending.ExportRequest;
import io.millrace.exporter.sending.SendCallback;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a batch that goes to one lane: its request, encoded once, and the batch to make
 * smaller ones of when it is refused. Thread safe.
 */
final class LaneRequest implements ExportRequest {
  final OtlpBatch source;
  final BitSet itemsOfSource;
  final int lane;
  final boolean hasExtras;
  private final boolean isRepeatable;
  private final int items;
  private final Ack ack;
  private final RemoteWriteSplitter splitter;

  private final int length;
  private volatile Encoded encoded;

  /** An earlier attempt brought no answer, so the backend may have the samples already. */
  private volatile boolean ambiguous;

  /** Creates the request of a part of a batch, which senders may be asked to send again or not. */
  LaneRequest(
      RemoteWriteSplitter splitter,
      OtlpBatch source,
      boolean isRepeatable,
      RequestPart part,
      Ack ack) {
    this.splitter = splitter;
    this.source = source;
    this.isRepeatable = isRepeatable;
    this.itemsOfSource = part.items();
    this.items = itemsOfSource.cardinality();
    this.ack = ack;
    this.lane = part.lane();
    this.hasExtras = part.hasExtras();
    this.encoded = part.encoded();
    this.length = chargedLength(source, items, encoded);
  }

  @Override
  public int items() {
    return items;
  }

  private static int chargedLength(OtlpBatch source, int items, Encoded encoded) {
    long share = (long) source.length() * items / Math.max(1, source.items());
    return (int) Math.min(Integer.MAX_VALUE, encoded.body().length + share);
  }

  /**
   * The first body, and this request's share of the batch; constant, also when it is encoded again
   * for an old backend, because the queue takes back what it has charged.
   */
  @Override
  public int length() {
    return length;
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
  public boolean isRepeatable() {
    return isRepeatable;
  }

  @Override
  public @Nullable Account account() {
    return Account.of("", null, source.context(), splitter.reads());
  }

  @Override
  public void send(long timeoutNanos, SendCallback callback) {
    Encoded current = encoded;
    if (current.protocol() != splitter.client().protocol()) { // the backend turned out to be old
      current = splitter.encodeAgain(this);
      encoded = current;
    }
    splitter.client().send(this, current, timeoutNanos, callback);
  }

  @Override
  public List<LaneRequest> cut(int count) {
    return splitter.cut(this, count);
  }
}
