package io.millrace.exporter.prometheusremotewrite;

import io.millrace.component.ComponentContext;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.sending.LaneSplitter;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Translates batches and shares out their acks: each lane answers for the items it was given, what
 * could not be translated is rejected at once. Thread safe.
 */
final class RemoteWriteSplitter implements LaneSplitter {
  private static final Settlement FAILED_TRANSLATION = Settlement.rejected("failed_translation");

  private final TranslationConfig translation;
  private final int laneCount;
  private final int bytesMax;
  private final boolean sendsMetadata;
  private final RemoteWriteClient client;
  private final Rejections rejections;
  private final ExtraTimes extraTimes = new ExtraTimes();
  private final ConcurrentLinkedDeque<BatchTranslation> idle = new ConcurrentLinkedDeque<>();

  RemoteWriteSplitter(
      ComponentContext context,
      TranslationConfig translation,
      int laneCount,
      int bytesMax,
      boolean sendsMetadata,
      RemoteWriteClient client) {
    this.translation = translation;
    this.laneCount = laneCount;
    this.bytesMax = bytesMax;
    this.sendsMetadata = sendsMetadata;
    this.client = client;
    this.rejections = new Rejections(context);
  }

  RemoteWriteClient client() {
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
    List<LaneRequest> made = new ArrayList<>(laneCount);
    BatchTranslation work = borrow();
    try {
      work.translate(batch, null, true);
      shareOut(batch, work, made);
    } finally {
      idle.offerFirst(work);
    }
    for (LaneRequest request : made) {
      fit(request).forEach(fitting -> lanes.add(request.lane, fitting));
    }
  }

  private BatchTranslation borrow() {
    BatchTranslation found = idle.pollFirst();
    return found != null
        ? found
        : new BatchTranslation(translation, laneCount, sendsMetadata, rejections, extraTimes);
  }

  private void shareOut(OtlpBatch batch, BatchTranslation work, List<LaneRequest> made) {
    BitSet rejected = new BitSet(batch.items());
    rejected.set(0, batch.items());
    int parts = 0;
    for (int lane = 0; lane < laneCount; lane++) {
      rejected.andNot(work.items(lane));
      parts += work.items(lane).isEmpty() ? 0 : 1;
    }
    boolean hasRejected = !rejected.isEmpty();
    if (parts == 0) {
      batch.ack().settle(hasRejected ? FAILED_TRANSLATION : Settlement.DELIVERED);
    }
    List<Ack> acks = parts == 0 ? List.of() : batch.ack().fork(parts + (hasRejected ? 1 : 0));
    int next = 0;
    for (int lane = 0; lane < laneCount; lane++) {
      BitSet items = (BitSet) work.items(lane).clone();
      if (!work.isEmpty(lane)) {
        Ack ack =
            items.isEmpty() ? Ack.of(nobody -> {}) : keep(acks.get(next++), items, batch.items());
        made.add(encode(work, batch, items, ack, lane, true, cuts(items)));
      }
    }
    if (hasRejected && parts > 0) {
      keep(acks.getLast(), rejected, batch.items()).settle(FAILED_TRANSLATION);
    }
  }

  /** The other lanes answer for the other items. */
  private static Ack keep(Ack ack, BitSet items, int of) {
    return items.cardinality() == of ? ack : ack.retain(items, of, Settlement.DELIVERED);
  }

  /** One bad item among n is found with log n cuts; as many again, for a second one. */
  private static AtomicInteger cuts(BitSet items) {
    return new AtomicInteger(
        2 * (Integer.SIZE - Integer.numberOfLeadingZeros(items.cardinality())));
  }

  private LaneRequest encode(
      BatchTranslation work,
      OtlpBatch source,
      BitSet items,
      Ack ack,
      int lane,
      boolean extras,
      AtomicInteger cutsLeft) {
    Encoded encoded = encode(work, lane);
    boolean isTooLong = work.length() > bytesMax;
    return new LaneRequest(this, source, items, ack, lane, extras, isTooLong, encoded, cutsLeft);
  }

  private Encoded encode(BatchTranslation work, int lane) {
    Protocol protocol = client.protocol();
    work.encode(lane, protocol);
    int samples = protocol == Protocol.V2 ? work.samplesV2() : 0;
    return new Encoded(protocol, work.snappy(), samples);
  }

  /** Encodes a request for the protocol that the backend speaks by now. */
  Encoded encodeAgain(LaneRequest request) {
    BatchTranslation work = borrow();
    try {
      work.translate(request.source, request.itemsOfSource, request.hasExtras);
      return encode(work, request.lane);
    } finally {
      idle.offerFirst(work);
    }
  }

  /**
   * Cuts a request until every piece keeps to {@code max_batch_size_bytes}, or is a single item.
   */
  private List<LaneRequest> fit(LaneRequest request) {
    List<LaneRequest> halves = request.isTooLong ? request.halves() : List.of();
    if (halves.isEmpty()) {
      return List.of(request);
    }
    List<LaneRequest> fitting = new ArrayList<>();
    halves.forEach(half -> fitting.addAll(fit(half)));
    return fitting;
  }

  /** Translates a request's items again, as one request of the first {@code count} and another. */
  List<LaneRequest> cut(LaneRequest request, int count) {
    List<Ack> acks = request.ack().split(count, request.items() - count);
    BitSet first = new BitSet();
    BitSet second = new BitSet();
    int taken = 0;
    for (int item = request.itemsOfSource.nextSetBit(0);
        item >= 0;
        item = request.itemsOfSource.nextSetBit(item + 1)) {
      (taken++ < count ? first : second).set(item);
    }
    List<LaneRequest> pieces = new ArrayList<>(2);
    addPiece(request, first, acks.getFirst(), false, pieces);
    addPiece(request, second, acks.getLast(), request.hasExtras, pieces);
    return pieces;
  }

  private void addPiece(
      LaneRequest of, BitSet items, Ack ack, boolean extras, List<LaneRequest> pieces) {
    BatchTranslation work = borrow();
    try {
      work.translate(of.source, items, extras);
      pieces.add(encode(work, of.source, items, ack, of.lane, extras, of.cutsLeft));
    } finally {
      idle.offerFirst(work);
    }
  }
}
