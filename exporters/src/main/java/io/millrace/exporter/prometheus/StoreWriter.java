package io.millrace.exporter.prometheus;

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
import io.millrace.pdata.OtlpBatch;
import io.millrace.wire.ByteAppender;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the points of one batch at a time into the store, each when the next one begins. Reusable.
 * Confined to one thread at a time.
 */
final class StoreWriter implements SeriesSink {
  private static final int NO_ITEM = -1;

  private final MetricTranslator translator;
  private final SeriesStore store;
  private final Rejections rejections;
  private final NativeHistogramWriter nativeHistograms = new NativeHistogramWriter();
  private final PointValues values = new PointValues();
  private final ByteAppender labels = new ByteAppender(512);
  private final LabelKey key = new LabelKey();
  private BitSet unwanted = new BitSet(0);
  private BitSet summed = new BitSet(0);
  private BitSet kept = new BitSet();
  private @Nullable MetricFamily family;
  private int item;
  private long source;
  private boolean isSummed;

  /** What the sample or histogram that came last is to its exemplars. */
  private int exemplarOwner;

  StoreWriter(TranslationConfig config, SeriesStore store, Rejections rejections) {
    this.store = store;
    this.rejections = rejections;
    translator = new MetricTranslator(config, this);
  }

  /** Returns whether a batch has points that must be added up before they are written. */
  boolean hasDeltas(OtlpBatch batch) {
    return translator.hasDeltas(batch);
  }

  /** Returns the items of the batch that are in the store; the caller's. */
  BitSet write(CumulativeBatch cumulative) {
    OtlpBatch batch = cumulative.batch();
    unwanted = cumulative.rejected();
    summed = cumulative.summed();
    kept = new BitSet(batch.items());
    translator.translate(batch);
    commit();
    return kept;
  }

  @Override
  public boolean startPoint(int newItem) {
    commit();
    item = newItem;
    return !unwanted.get(newItem);
  }

  @Override
  public void rejected(Rejection rejection, String metric) {
    rejections.count(rejection, metric);
  }

  @Override
  public void series(Series point, MetricFamily of, PointShape shape) {
    begin(point, of);
    isSummed = summed.get(item);
    source = shape.source();
  }

  @Override
  public void extraSeries(Series point, MetricFamily of) {
    commit();
    item = NO_ITEM;
    begin(point, of);
    isSummed = false;
    source = 0;
  }

  private void begin(Series point, MetricFamily of) {
    family = of;
    values.clear();
    labels.truncate(0);
    point.appendLabelsTo(labels);
    key.wrap(labels, point.labelsHash());
  }

  private void commit() {
    MetricFamily of = family;
    family = null;
    if (of == null) {
      return;
    }
    Rejection rejection = store.put(of, key, values, isSummed, source);
    if (rejection != null) {
      rejections.count(rejection, of.name());
    } else if (item != NO_ITEM) {
      kept.set(item);
    }
  }

  @Override
  public void sample(Series series, long timestampMillis, long startMillis, long valueBits) {
    values.timeMillis = timestampMillis;
    values.startMillis = startMillis;
    long bits = values.noted(valueBits);
    switch (series.kind()) {
      case VALUE -> {
        exemplarOwner = 0;
        values.value = bits;
      }
      case SUM -> {
        values.hasSum = true;
        values.sum = bits;
      }
      case COUNT -> values.count = bits;
      case BUCKET, QUANTILE -> {
        exemplarOwner = values.size;
        values.add(series.number(), bits);
      }
      case CREATED -> {} // in protobuf it is a field
    }
  }

  @Override
  public void histogram(
      Series series, long timestampMillis, long startMillis, NativeHistogram histogram) {
    values.timeMillis = timestampMillis;
    values.startMillis = startMillis;
    values.hasSum = true;
    values.sum = values.noted(histogram.sumBits());
    values.count = Double.doubleToRawLongBits((double) histogram.count());
    nativeHistograms.append(histogram, values.nativeHistogram);
    exemplarOwner = 0;
  }

  @Override
  public void exemplar(
      ByteAppender source, int offset, int length, long timestampMillis, long valueBits) {
    values.exemplars.add(exemplarOwner, source, offset, length, timestampMillis, valueBits);
  }
}
