package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.prometheusremotewrite.TimedList.Added;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.MetricTranslator;
import io.millrace.exporter.promtranslation.NativeHistogram;
import io.millrace.exporter.promtranslation.Rejection;
import io.millrace.exporter.promtranslation.Series;
import io.millrace.exporter.promtranslation.SeriesSink;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.pdata.OtlpBatch;
import io.millrace.wire.ByteAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Translates one batch at a time into a write request per lane.
 *
 * <p>All series of a point go to one lane, and so does whatever could be the same series. A sample
 * for which the request has another one at the same time makes its point a rejected one: Prometheus
 * would lose it without a word. Reusable. Confined to one thread at a time.
 */
final class BatchTranslation implements SeriesSink {
  private static final int NO_ITEM = -1;

  private final MetricTranslator translator;
  private final WriteRequest[] requests;
  private final BitSet[] items;
  private final Rejections rejections;
  private final ExtraTimes extraTimes;
  private final boolean sendsMetadata;
  private final RequestV2 requestV2 = new RequestV2();
  private final ByteAppender message = new ByteAppender(64 * 1024);
  private byte[] compressed = {};
  private @Nullable BitSet wanted;
  private boolean wantsExtras;
  private String metric = "";
  private int item;
  private int lane;

  BatchTranslation(
      TranslationConfig config,
      int lanes,
      boolean sendsMetadata,
      Rejections rejections,
      ExtraTimes extraTimes) {
    this.sendsMetadata = sendsMetadata;
    this.rejections = rejections;
    this.extraTimes = extraTimes;
    translator = new MetricTranslator(config, this);
    requests = new WriteRequest[lanes];
    items = new BitSet[lanes];
    for (int i = 0; i < lanes; i++) {
      requests[i] = new WriteRequest();
      items[i] = new BitSet();
    }
  }

  /**
   * Translates a batch or some of its items.
   *
   * @param onlyItems {@code null} for all
   * @param extras whether to add what is nobody's item
   */
  void translate(OtlpBatch batch, @Nullable BitSet onlyItems, boolean extras) {
    wanted = onlyItems;
    wantsExtras = extras;
    for (int i = 0; i < requests.length; i++) {
      requests[i].clear();
      items[i].clear();
    }
    translator.translate(batch);
    metric = "a series whose points are not in the order of time";
    for (int i = 0; i < requests.length; i++) {
      lane = i;
      requests[i].sort(this::conflict);
      items[i].clear(batch.items(), Math.max(batch.items(), items[i].length()));
    }
  }

  /** The items of a lane, lent until the next batch. */
  BitSet items(int ofLane) {
    return items[ofLane];
  }

  boolean isEmpty(int ofLane) {
    return requests[ofLane].isEmpty();
  }

  /** Encodes the request of a lane; {@link #length} and {@link #snappy} tell of it. */
  void encode(int ofLane, Protocol protocol) {
    message.truncate(0);
    switch (protocol) {
      case V1 -> requests[ofLane].appendTo(message);
      case V2 -> requestV2.append(requests[ofLane], message);
    }
  }

  /** Samples and histograms in the request of 2.0 that was encoded last. */
  int samplesV2() {
    return requestV2.samples();
  }

  /** Length of the encoded request, uncompressed. */
  int length() {
    return message.length();
  }

  /** Compresses the encoded request, in the block format. */
  byte[] snappy() {
    int bound = Snappy.maxCompressedLength(message.length());
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    try {
      int length = Snappy.compress(message.bytes(), 0, message.length(), compressed, 0);
      return Arrays.copyOf(compressed, length);
    } catch (IOException e) { // memory does not fail
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean startPoint(int newItem) {
    item = newItem;
    return wanted == null || wanted.get(newItem);
  }

  @Override
  public void rejected(Rejection rejection, String metricName) {
    rejections.count(rejection, metricName);
  }

  @Override
  public void lane(long laneHash, MetricFamily family) {
    lane = lane(laneHash);
    items[lane].set(item);
    metric = family.name();
    requests[lane].startFamily(family, sendsMetadata);
  }

  @Override
  public void extraLane(long laneHash, MetricFamily family) {
    item = NO_ITEM;
    lane = lane(laneHash);
    requests[lane].startFamily(family, sendsMetadata && wantsExtras);
  }

  private int lane(long laneHash) {
    return (int) (((laneHash >>> 32) * requests.length) >>> 32);
  }

  @Override
  public void sample(Series series, long timestampMillis, long startMillis, long valueBits) {
    if (item == NO_ITEM && !(wantsExtras && extraTimes.advance(series.hash(), timestampMillis))) {
      return;
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
