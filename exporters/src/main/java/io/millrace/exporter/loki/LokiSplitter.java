package io.millrace.exporter.loki;

import io.millrace.exporter.sending.LaneSplitter;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Translates batches and shares out their acks: each request answers for the records in it, what
 * could not be translated is rejected at once. Thread safe.
 */
final class LokiSplitter implements LaneSplitter {
  private static final Settlement FAILED_TRANSLATION = Settlement.rejected("failed_translation");

  /** A translation that one batch has made larger than this is not used again. */
  static final long KEPT_BYTES_MAX = 8 << 20;

  private final LokiExporterConfig config;
  private final Rejections counters;
  private final LokiClient client;

  /** Never more than there are threads that translate at once. */
  private final ConcurrentLinkedDeque<BatchTranslation> idle = new ConcurrentLinkedDeque<>();

  LokiSplitter(LokiExporterConfig config, Rejections counters, LokiClient client) {
    this.config = config;
    this.counters = counters;
    this.client = client;
  }

  LokiClient client() {
    return client;
  }

  @Override
  public void start() throws IOException {
    client.start();
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public void split(OtlpBatch batch, Lanes lanes) {
    List<Push> pushes = translate(batch, null);
    BitSet rejected = new BitSet(batch.items());
    rejected.set(0, batch.items());
    pushes.forEach(push -> rejected.andNot(push.items()));
    if (pushes.isEmpty()) {
      batch.ack().settle(rejected.isEmpty() ? Settlement.DELIVERED : FAILED_TRANSLATION);
      return;
    }
    List<Ack> acks = batch.ack().fork(pushes.size() + (rejected.isEmpty() ? 0 : 1));
    if (!rejected.isEmpty()) {
      keep(acks.getLast(), rejected, batch.items()).settle(FAILED_TRANSLATION);
    }
    for (int i = 0; i < pushes.size(); i++) {
      Push push = pushes.get(i);
      Ack ack = keep(acks.get(i), push.items(), batch.items());
      lanes.add(push.lane(), new LokiRequest(this, batch, push, ack));
    }
  }

  /** The other requests answer for the other items. */
  private static Ack keep(Ack ack, BitSet items, int of) {
    return items.cardinality() == of ? ack : ack.retain(items, of, Settlement.DELIVERED);
  }

  private List<Push> translate(OtlpBatch batch, @Nullable BitSet onlyItems) {
    BatchTranslation found = idle.pollFirst();
    BatchTranslation work = found == null ? new BatchTranslation(config, counters) : found;
    List<Push> pushes = work.translate(batch, onlyItems);
    if (work.heldBytes() <= KEPT_BYTES_MAX) {
      idle.offerFirst(work);
    }
    return pushes;
  }

  /**
   * Translates a request's records again, as one request of the first {@code count} and another.
   */
  List<LokiRequest> cut(LokiRequest request, int count) {
    BitSet items = request.push.items();
    int boundary = items.nextSetBit(0);
    for (int taken = 0; taken < count; taken++) {
      boundary = items.nextSetBit(boundary + 1);
    }
    BitSet first = items.get(0, boundary);
    BitSet second = (BitSet) items.clone();
    second.clear(0, boundary);
    List<Ack> acks = request.ack().split(count, request.items() - count);
    List<LokiRequest> pieces = new ArrayList<>(2);
    add(request.source, first, acks.getFirst(), pieces);
    add(request.source, second, acks.getLast(), pieces);
    return pieces;
  }

  /** Records of one request always make one again when they are fewer. */
  private void add(OtlpBatch source, BitSet items, Ack ack, List<LokiRequest> pieces) {
    for (Push push : translate(source, items)) {
      pieces.add(new LokiRequest(this, source, push, ack));
    }
  }
}
