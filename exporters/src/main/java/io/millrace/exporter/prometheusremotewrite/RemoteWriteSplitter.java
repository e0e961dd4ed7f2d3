package io.millrace.exporter.prometheusremotewrite;

import io.millrace.component.ComponentContext;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.DeltaConfig;
import io.millrace.exporter.promtranslation.DeltaToCumulative;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.sending.ItemShares;
import io.millrace.exporter.sending.LaneSplitter;
import io.millrace.pdata.Ack;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Translates batches and shares out their acks: each lane answers for the items it was given, what
 * could not be translated is rejected at once. Of a batch with deltas that are in a sum by now
 * nothing is sent again by its sender, who would send all of it: they would count twice. Thread
 * safe.
 */
final class RemoteWriteSplitter implements LaneSplitter {
  private static final long KEPT_BYTES_MAX = 32L << 20;

  private final TranslationConfig translation;
  private final int laneCount;
  private final int bytesMax;
  private final boolean sendsMetadata;
  private final RemoteWriteClient client;
  private final Rejections rejections;
  private final ExtraTimes extraTimes = new ExtraTimes();
  private final ConcurrentLinkedDeque<BatchTranslation> idle = new ConcurrentLinkedDeque<>();
  private final @Nullable DeltaToCumulative deltas;

  RemoteWriteSplitter(
      ComponentContext context,
      TranslationConfig translation,
      int laneCount,
      int bytesMax,
      boolean sendsMetadata,
      @Nullable DeltaConfig delta,
      RemoteWriteClient client) {
    this.translation = translation;
    this.laneCount = laneCount;
    this.bytesMax = bytesMax;
    this.sendsMetadata = sendsMetadata;
    this.client = client;
    this.rejections = new Rejections(context, "prometheusremotewrite");
    this.deltas =
        delta == null
            ? null
            : new DeltaToCumulative(context, translation, delta, client.reads(), rejections);
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
    if (deltas != null) {
      deltas.close();
    }
  }

  @Override
  public ContextKeys reads() {
    return client.reads();
  }

  @Override
  public void split(OtlpBatch batch, Lanes lanes) {
    BatchTranslation work = borrow();
    try {
      if (deltas != null && work.hasDeltas(batch)) {
        deltas.convert(batch, converted -> split(work, converted, lanes));
      } else {
        expireDeltas();
        split(work, CumulativeBatch.of(batch), lanes);
      }
    } finally {
      giveBack(work);
    }
  }

  private void expireDeltas() {
    if (deltas != null) {
      deltas.expire();
    }
  }

  private void split(BatchTranslation work, CumulativeBatch batch, Lanes lanes) {
    List<RequestPart> parts = work.translate(batch, client.protocol());
    boolean isRepeatable = batch.summed().isEmpty();
    List<Ack> acks = ItemShares.of(batch.batch(), parts.stream().map(RequestPart::items).toList());
    for (int i = 0; i < parts.size(); i++) {
      RequestPart part = parts.get(i);
      lanes.add(part.lane(), new LaneRequest(this, batch.batch(), isRepeatable, part, acks.get(i)));
    }
  }

  private BatchTranslation borrow() {
    BatchTranslation found = idle.pollFirst();
    return found != null
        ? found
        : new BatchTranslation(
            translation, laneCount, bytesMax, sendsMetadata, rejections, extraTimes);
  }

  /** One that grew large is not kept for the next batch, which is probably smaller. */
  private void giveBack(BatchTranslation work) {
    if (work.bytesHeld() <= KEPT_BYTES_MAX) {
      idle.offerFirst(work);
    }
  }

  /** Encodes a request for the protocol that the backend speaks by now. */
  Encoded encodeAgain(LaneRequest request) {
    return translateAgain(request, request.itemsOfSource, request.hasExtras).encoded();
  }

  private RequestPart translateAgain(LaneRequest request, BitSet items, boolean extras) {
    BatchTranslation work = borrow();
    try {
      return work.translateAgain(request.source, items, request.lane, extras, client.protocol());
    } finally {
      giveBack(work);
    }
  }

  /** Translates a request's items again, as one request of the first {@code count} and another. */
  List<LaneRequest> cut(LaneRequest request, int count) {
    List<Ack> acks = request.ack().split(count, request.items() - count);
    BitSet first = ItemShares.first(request.itemsOfSource, count);
    BitSet second = (BitSet) request.itemsOfSource.clone();
    second.andNot(first);
    return List.of(
        piece(request, first, acks.getFirst(), false),
        piece(request, second, acks.getLast(), request.hasExtras));
  }

  private LaneRequest piece(LaneRequest of, BitSet items, Ack ack, boolean extras) {
    Encoded encoded = translateAgain(of, items, extras).encoded();
    RequestPart part = new RequestPart(of.lane, items, extras, encoded);
    return new LaneRequest(this, of.source, of.isRepeatable(), part, ack);
  }
}
