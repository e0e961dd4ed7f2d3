package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.prometheusremotewrite.TimedList.Added;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.MetricTranslator;
import io.millrace.exporter.promtranslation.NativeHistogram;
import io.millrace.exporter.promtranslation.PointShape;
import io.millrace.exporter.promtranslation.Rejection;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.exporter.promtranslation.Series;
import io.millrace.exporter.promtranslation.SeriesSink;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.sending.SnappyBlock;
import io.millrace.pdata.OtlpBatch;
import io.millrace.wire.ByteAppender;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates one batch at a time into write requests, each for one lane and as large as allowed.
 *
 * <p>All series of a point go to one request, and whatever could be the same series goes to the
 * same lane. A request is encoded before the point that could make it larger than allowed, so what
 * is held here is bounded by the lanes; what a batch becomes is bounded by {@link #encodedMax}, and
 * points beyond are rejected. A sample for which the request has another one at the same time makes
 * its point a rejected one: Prometheus would lose it without a word. Reusable. Confined to one
 * thread at a time.
 */
final class BatchTranslation implements SeriesSink {
  private static final int NO_ITEM = -1;
  private static final int EXPANSION_MAX = 8;
  private static final long EXPANSION_FREE_BYTES = 16L << 20;

  private final MetricTranslator translator;
  private final WriteRequest[] requests;
  private final BitSet[] items;
  private final boolean[] hasExtras;
  private final int bytesMax;
  private final Rejections rejections;
  private final ExtraTimes extraTimes;
  private final boolean sendsMetadata;
  private final RequestV2 requestV2 = new RequestV2();
  private final ByteAppender message = new ByteAppender(64 * 1024);
  private final SnappyBlock snappy = new SnappyBlock();
  private List<RequestPart> parts = new ArrayList<>();
  private Protocol protocol = Protocol.V1;
  private @Nullable BitSet wanted;
  private BitSet unwanted = new BitSet(0);
  private boolean wantsExtras;
  private long encodedBytes;
  private long encodedMax;
  private String metric = "";
  private int item;
  private int lane;

  BatchTranslation(
      TranslationConfig config,
      int lanes,
      int bytesMax,
      boolean sendsMetadata,
      Rejections rejections,
      ExtraTimes extraTimes) {
    this.bytesMax = bytesMax;
    this.sendsMetadata = sendsMetadata;
    this.rejections = rejections;
    this.extraTimes = extraTimes;
    translator = new MetricTranslator(config, this);
    requests = new WriteRequest[lanes];
    items = new BitSet[lanes];
    hasExtras = new boolean[lanes];
    for (int i = 0; i < lanes; i++) {
      requests[i] = new WriteRequest();
      items[i] = new BitSet();
    }
  }

  /** Returns whether a batch has points that must be added up before they are translated. */
  boolean hasDeltas(OtlpBatch batch) {
    return translator.hasDeltas(batch);
  }

  /** Translates a batch; of one lane the parts are in the order of its points. */
  List<RequestPart> translate(CumulativeBatch batch, Protocol to) {
    unwanted = batch.rejected();
    return translate(batch.batch(), null, true, to);
  }

  /**
   * Translates some items of a batch again, which were in one part before and are so now.
   *
   * @param extras whether to add what is nobody's item
   */
  RequestPart translateAgain(
      OtlpBatch batch, BitSet some, int ofLane, boolean extras, Protocol to) {
    for (RequestPart part : translate(batch, some, extras, to)) {
      if (part.lane() == ofLane) {
        return part;
      }
    }
    throw new IllegalStateException("lane " + ofLane + " of the items has nothing");
  }

  private List<RequestPart> translate(
      OtlpBatch batch, @Nullable BitSet some, boolean extras, Protocol to) {
    parts = new ArrayList<>();
    wanted = some;
    wantsExtras = extras;
    protocol = to;
    encodedBytes = 0;
    encodedMax = some == null ? encodedMax(batch.length()) : Long.MAX_VALUE;
    for (int i = 0; i < requests.length; i++) {
      clear(i);
    }
    translator.translate(batch);
    for (int i = 0; i < requests.length; i++) {
      encode(i);
    }
    return parts;
  }

  /** Returns how many bytes of requests, compressed, a batch of that length may become. */
  static long encodedMax(int batchBytes) {
    return EXPANSION_FREE_BYTES + (long) EXPANSION_MAX * batchBytes;
  }

  /** What it holds in memory whether it is used or not, roughly, in bytes. */
  long bytesHeld() {
    long held = (long) message.bytes().length + snappy.bytesHeld();
    for (WriteRequest request : requests) {
      held += request.bytesHeld();
    }
    return held;
  }

  private void encode(int ofLane) {
    WriteRequest request = requests[ofLane];
    if (request.isEmpty()) {
      return;
    }
    lane = ofLane;
    metric = "a series whose points are not in the order of time";
    request.sort(this::conflict);
    message.truncate(0);
    switch (protocol) {
      case V1 -> request.appendTo(message);
      case V2 -> requestV2.append(request, message);
    }
    byte[] body = snappy.compress(message);
    encodedBytes += body.length;
    int samples = protocol == Protocol.V2 ? requestV2.samples() : 0;
    BitSet taken = (BitSet) items[ofLane].clone();
    boolean extras = hasExtras[ofLane];
    parts.add(new RequestPart(ofLane, taken, extras, new Encoded(protocol, body, samples)));
    clear(ofLane);
  }

  private void clear(int ofLane) {
    requests[ofLane].clear();
    items[ofLane].clear();
    hasExtras[ofLane] = false;
  }

  @Override
  public boolean startPoint(int newItem) {
    item = newItem;
    if (encodedBytes > encodedMax) {
      rejections.count(Rejection.EXPANSION, "the end of a large batch");
      return false;
    }
    return wanted == null ? !unwanted.get(newItem) : wanted.get(newItem);
  }

  @Override
  public boolean takesCustomBuckets() {
    return protocol == Protocol.V2;
  }

  @Override
  public void rejected(Rejection rejection, String metricName) {
    rejections.count(rejection, metricName);
  }

  @Override
  public void series(Series labels, MetricFamily family, PointShape shape) {
    lane = lane(labels, family);
    if (wanted == null && requests[lane].bytes() + shape.bytesMax() > bytesMax) {
      int ofPoint = lane;
      encode(ofPoint);
      lane = ofPoint;
    }
    items[lane].set(item);
    metric = family.name();
    requests[lane].startFamily(family, sendsMetadata);
  }

  @Override
  public void extraSeries(Series labels, MetricFamily family) {
    item = NO_ITEM;
    lane = lane(labels, family);
    requests[lane].startFamily(family, sendsMetadata && wantsExtras);
  }

  private int lane(Series labels, MetricFamily family) {
    return (int) (((labels.laneHash(family) >>> 32) * requests.length) >>> 32);
  }

  @Override
  public void sample(Series series, long timestampMillis, long startMillis, long valueBits) {
    if (item == NO_ITEM) {
      if (!wantsExtras || !extraTimes.advance(series.hash(), timestampMillis)) {
        return;
      }
      hasExtras[lane] = true;
    }
    Added added = requests[lane].sample(series, timestampMillis, startMillis, valueBits, item);
    if (added == Added.CONFLICT) {
      conflict(item);
    }
  }

  @Override
  public void histogram(
      Series series, long timestampMillis, long startMillis, NativeHistogram histogram) {
    if (requests[lane].histogram(series, timestampMillis, startMillis, histogram, item)
        != Added.YES) {
      conflict(item);
    }
  }

  @Override
  public void exemplar(
      ByteAppender labels, int offset, int length, long timestampMillis, long valueBits) {
    requests[lane].exemplar(labels, offset, length, timestampMillis, valueBits);
  }

  private void conflict(int ofItem) {
    if (ofItem != NO_ITEM && items[lane].get(ofItem)) {
      items[lane].clear(ofItem);
      rejections.count(Rejection.DUPLICATE, metric);
    }
  }
}
