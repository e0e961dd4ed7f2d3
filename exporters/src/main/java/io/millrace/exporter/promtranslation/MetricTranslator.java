package io.millrace.exporter.promtranslation;

import io.millrace.pdata.MetricView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import org.jspecify.annotations.Nullable;

/**
 * Translates batches of metrics into series.
 *
 * <p>Labels of resources and scopes and names of metrics are kept from batch to batch. A point that
 * cannot be translated is rejected with a reason and stands in nobody's way. Batches must have been
 * validated in depth. Confined to one thread at a time.
 */
public final class MetricTranslator {
  static final int DELTA = 1;
  static final int CUMULATIVE = 2;

  private final OtlpWalker walker = new OtlpWalker();
  private final MetricView metric = new MetricView();
  private final MeasuringView measured = new MeasuringView();
  private final ResourceCache resources;
  private final MetricFamilies families;
  private final MetricFamily targetInfo;
  private final PointSeries points;
  private final PointTranslator numbers;
  private final PointTranslator histograms;
  private final PointTranslator exponentialHistograms;
  private final PointTranslator summaries;

  /** Creates a translator whose series all go to {@code sink}. */
  public MetricTranslator(TranslationConfig config, SeriesSink sink) {
    MetricNamer namer = new MetricNamer(config.strategy(), config.namespace());
    Exemplars exemplars = new Exemplars();
    resources = new ResourceCache(config);
    families = new MetricFamilies(namer, config.typeAndUnitLabels());
    targetInfo = targetInfo(namer);
    points = new PointSeries(config, sink);
    numbers = new NumberPoints(points, exemplars);
    histograms = new HistogramPoints(points, exemplars, config);
    exponentialHistograms = new ExponentialHistogramPoints(points, exemplars);
    summaries = new SummaryPoints(points, config.openMetricsBounds());
  }

  private static MetricFamily targetInfo(MetricNamer namer) {
    String name = namer.name("target_info", "", MetricType.INFO);
    return new MetricFamily(String.valueOf(name), MetricType.GAUGE, "", "Target metadata", false);
  }

  /** Returns whether there are points of delta temporality in a batch. */
  public boolean hasDeltas(OtlpBatch batch) {
    walker.wrap(batch);
    while (walker.nextResource()) {
      while (walker.nextScope()) {
        while (walker.nextRecord(metric)) {
          if (metric.aggregationTemporality() == DELTA) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Hands every series of the batch to the sink. */
  public void translate(OtlpBatch batch) {
    walker.wrap(batch);
    points.startBatch();
    while (walker.nextResource()) {
      ResourceLabels resource = resources.resource(walker.resource());
      points.startResource();
      while (walker.nextScope()) {
        points.startScope(resources.scope(resource, walker.scope()), source());
        while (walker.nextRecord(metric)) {
          translateMetric();
        }
      }
      addTargetInfo(resource);
    }
  }

  private long source() {
    return Hashes.of(walker.resource().resource()) + Hashes.of(walker.scope().scope());
  }

  private void translateMetric() {
    switch (metric.kind()) {
      case GAUGE, SUM -> translatePoints(numbers);
      case HISTOGRAM -> translatePoints(histograms);
      case EXPONENTIAL_HISTOGRAM -> translatePoints(exponentialHistograms);
      case SUMMARY -> translatePoints(summaries);
      case NOT_SET -> {}
    }
  }

  private void translatePoints(PointTranslator translator) {
    MetricFamily family = families.of(metric).orElse(null);
    Rejection ofAll = family == null ? Rejection.METRIC_NAME : wrongTemporality();
    RangeCursor cursor = metric.dataPoints();
    measured.over(translator.view());
    while (cursor.next(measured)) {
      if (points.next(measured.length())) {
        Rejection rejection = ofAll;
        if (rejection == null && family != null) {
          rejection = translator.translate(family);
        }
        if (rejection != null) {
          points.sink().rejected(rejection, metric.name().utf8());
        }
      }
    }
  }

  private @Nullable Rejection wrongTemporality() {
    if (metric.kind() == MetricView.Kind.GAUGE || metric.kind() == MetricView.Kind.SUMMARY) {
      return null;
    }
    return switch (metric.aggregationTemporality()) {
      case CUMULATIVE -> null;
      case DELTA -> Rejection.DELTA;
      default -> Rejection.TEMPORALITY;
    };
  }

  private void addTargetInfo(ResourceLabels resource) {
    LabelList labels = resource.targetInfoLabels();
    if (labels == null || points.latestMillis() == 0) {
      return;
    }
    Series series = points.series;
    series.take(labels);
    points.sink().extraSeries(series, targetInfo);
    long one = Double.doubleToRawLongBits(1);
    points.sink().sample(series.value(targetInfo), points.latestMillis(), 0, one);
  }
}
