package io.millrace.exporter.promtranslation;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.EnvelopeTags.MetricData;
import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.pdata.MetricsTags.Sum;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.RequestContext;
import io.millrace.wire.ByteAppender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns points of delta temporality into cumulative ones, by what they add up to in their series.
 *
 * <p>A series is what Prometheus would take for one: points of several senders that differ in
 * nothing Prometheus sees, nor in the name under which they are written, are added up together. In
 * whatever order they come the sum is the same; one that is late counts from the time it came to be
 * known, see {@link DeltaStream}. A series that got nothing for long is forgotten and starts anew,
 * as all do when the process starts.
 *
 * <p>A point that cannot be added up is rejected and counted, and adds nothing. Batches must have
 * been validated in depth. Thread safe: one batch at a time is converted and handed on, so that the
 * order in which sums were made is the order in which they are told.
 */
public final class DeltaToCumulative {
  private static final byte[] INSTANCE_LABEL = "millrace_instance".getBytes(StandardCharsets.UTF_8);

  /** What a batch may become beside a multiple of itself. */
  private static final int EXPANSION_FREE_BYTES = 16 << 20;

  private static final int EXPANSION_MAX = 4;
  private static final long AHEAD_NANOS_MAX = Duration.ofMinutes(10).toNanos();

  /** Half of what a length of four bytes can say. */
  private static final int OUT_BYTES_MAX = 128 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final OtlpWalker walker = new OtlpWalker();
  private final ByteRange record = new ByteRange();
  private final MetricView metric = new MetricView();
  private final ByteRange point = new ByteRange();
  private final ByteRange element = new ByteRange();
  private final DeltaPoints numbers = new NumberDeltas();
  private final DeltaPoints histograms = new HistogramDeltas();
  private final DeltaPoints exponentialHistograms = new ExponentialHistogramDeltas();
  private final Clock clock;
  private final Rejections rejections;
  private final ResourceCache resources;
  private final MetricFamilies families;
  private final AttributeLabels attributes;
  private final Series series = new Series();
  private final ByteAppender key = new ByteAppender(512);
  private final BytesKey lookUp = new BytesKey();
  private final DeltaStreams streams;
  private final ContextKeys names;
  private final byte[] instance;
  private final ByteAppender out = new ByteAppender();
  private BitSet rejected = new BitSet();
  private BitSet summed = new BitSet();
  private LabelList base = new LabelList();

  /** What series of this batch's sender begin with. */
  private byte[] sender = {};

  private int outMax;
  private int item;

  /**
   * Creates one without memory, whose series are named as {@code translation} says.
   *
   * @param names what of a batch's context makes the name under which it is written
   */
  public DeltaToCumulative(
      ComponentContext context,
      TranslationConfig translation,
      DeltaConfig config,
      ContextKeys names,
      Rejections rejections) {
    this.names = names;
    this.rejections = rejections;
    this.clock = context.clock();
    resources = new ResourceCache(translation);
    families =
        new MetricFamilies(
            new MetricNamer(translation.strategy(), translation.namespace()),
            translation.typeAndUnitLabels());
    attributes = new AttributeLabels(translation);
    streams = new DeltaStreams(config, context.clock(), context.budget());
    instance = instanceAttribute(config.instance());
    context
        .metrics()
        .gauge(
            "otelcol_deltatocumulative_streams_tracked",
            "Series of which deltas are added up.",
            streams::size,
            "exporter",
            context.id().toString());
  }

  /** Returns the fields of a {@code KeyValue}; none for no instance. */
  private static byte[] instanceAttribute(String name) {
    ByteAppender attribute = new ByteAppender(64);
    if (!name.isEmpty()) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      attribute.putBytesField(KeyValue.KEY, INSTANCE_LABEL, 0, INSTANCE_LABEL.length);
      attribute.put(KeyValue.VALUE);
      int value = attribute.beginMessage();
      attribute.putBytesField(AnyValue.STRING_VALUE, text, 0, text.length);
      attribute.endMessage(value);
    }
    return attribute.copy();
  }

  /**
   * Adds up the deltas of a batch; everything else stays as it is.
   *
   * @param then takes what came of it, before another thread's batch is converted
   */
  public void convert(OtlpBatch batch, Consumer<CumulativeBatch> then) {
    lock.lock();
    try {
      then.accept(convert(batch));
    } finally {
      lock.unlock();
    }
  }

  /** Does the same for one who is alone with it. */
  CumulativeBatch convert(OtlpBatch batch) {
    rejected = new BitSet();
    summed = new BitSet();
    item = 0;
    out.truncate(0);
    outMax =
        (int) Math.min(OUT_BYTES_MAX, EXPANSION_FREE_BYTES + (long) EXPANSION_MAX * batch.length());
    sender = sender(batch.context().project(names));
    streams.expire();
    walker.wrap(batch);
    while (walker.nextResource()) {
      convertResource(resources.resource(walker.resource()));
    }
    OtlpBatch converted = batch.withBytes(out.copy(), batch.items(), batch.ack());
    out.reset();
    return new CumulativeBatch(converted, rejected, summed);
  }

  private static byte[] sender(RequestContext context) {
    if (context.equals(RequestContext.EMPTY)) {
      return new byte[0];
    }
    ByteAppender bytes = new ByteAppender(64);
    new TreeMap<>(context.metadata())
        .forEach((name, values) -> {
          put(bytes, name);
          values.forEach(value -> put(bytes, value));
        });
    bytes.put(0);
    new TreeMap<>(context.auth())
        .forEach((name, value) -> {
          put(bytes, name);
          put(bytes, value);
        });
    return bytes.copy();
  }

  private static void put(ByteAppender bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.putBytesField(KeyValue.KEY, utf8, 0, utf8.length);
  }

  private void convertResource(ResourceLabels labels) {
    int resource = begin(Request.RESOURCE_RECORDS);
    put(ResourceRecords.RESOURCE, walker.resource().resource());
    while (walker.nextScope()) {
      base = resources.scope(labels, walker.scope());
      int scope = begin(ResourceRecords.SCOPE_RECORDS);
      put(ScopeRecords.SCOPE, walker.scope().scope());
      put(ScopeRecords.SCHEMA_URL, walker.scope().schemaUrl());
      while (walker.nextRecord(record)) {
        convertMetric();
      }
      out.endMessage(scope);
    }
    out.endMessage(resource);
  }

  private void convertMetric() {
    metric.wrap(record);
    if (metric.aggregationTemporality() == MetricTranslator.DELTA) {
      switch (metric.kind()) {
        case SUM -> convertPoints(numbers);
        case HISTOGRAM -> convertPoints(histograms);
        case EXPONENTIAL_HISTOGRAM -> convertPoints(exponentialHistograms);
        case GAUGE, SUMMARY, NOT_SET -> {}
      }
      return;
    }
    put(ScopeRecords.RECORDS, record);
    RangeCursor untouched = metric.dataPoints();
    while (untouched.next(point)) {
      item++;
    }
  }

  private void convertPoints(DeltaPoints points) {
    int message = begin(ScopeRecords.RECORDS);
    put(Metric.NAME, metric.name());
    put(Metric.DESCRIPTION, metric.description());
    put(Metric.UNIT, metric.unit());
    int data = begin(points.tags().data());
    out.putVarintField(Sum.AGGREGATION_TEMPORALITY, MetricTranslator.CUMULATIVE);
    out.putVarintField(Sum.IS_MONOTONIC, metric.isMonotonic() ? 1 : 0);
    MetricFamily family = families.of(metric).orElse(null);
    RangeCursor cursor = metric.dataPoints();
    while (cursor.next(points.view())) {
      int place = begin(MetricData.DATA_POINTS);
      Rejection rejection = family == null ? Rejection.METRIC_NAME : convertPoint(family, points);
      out.endMessage(place);
      if (rejection == null) {
        summed.set(item);
      } else {
        rejected.set(item);
        rejections.count(rejection, metric.name().utf8());
      }
      item++;
    }
    out.endMessage(data);
    out.endMessage(message);
  }

  /** Writes the point's fields, or nothing when it cannot be added up for the reason returned. */
  private @Nullable Rejection convertPoint(MetricFamily family, DeltaPoints points) {
    if (out.length() > outMax) {
      return Rejection.EXPANSION;
    }
    boolean isStale = PointSeries.isStale(points.view().flags());
    Rejection rejection = isStale ? null : points.check(metric.isMonotonic());
    if (rejection == null) {
      rejection = findSeries(family, points);
    }
    if (rejection != null) {
      return rejection;
    }
    DeltaStream known = streams.get(lookUp);
    if (known != null && !known.hasTimeFor(points.view().timeUnixNano())) {
      return Rejection.DELTA_RATE;
    }
    if (!isStale) {
      rejection = known == null ? checkNew() : checkKnown(points, known);
    }
    if (rejection != null) {
      return rejection;
    }
    DeltaStream stream = known == null ? newStream(points, isStale) : known;
    if (!isStale) {
      points.addTo(stream);
      streams.touch(lookUp, stream);
    }
    write(points, stream);
    return null;
  }

  private @Nullable Rejection checkNew() {
    return streams.hasRoom() ? null : Rejection.SERIES_LIMIT;
  }

  private @Nullable Rejection checkKnown(DeltaPoints points, DeltaStream known) {
    Rejection rejection = points.checkWith(known);
    boolean fits = streams.hasRoomFor(known, points.valueBytesWith(known));
    return rejection == null && !fits ? Rejection.SERIES_LIMIT : rejection;
  }

  /** Makes the key of the point's series ready; returns why it has none, or {@code null}. */
  private @Nullable Rejection findSeries(MetricFamily family, DeltaPoints points) {
    if (points.view().timeUnixNano() == 0) {
      return Rejection.NO_TIMESTAMP;
    }
    if (isFarAhead(points.view().timeUnixNano())) {
      return Rejection.DELTA_RATE;
    }
    Rejection rejection = attributes.read(points.view().attributes());
    if (rejection == null) {
      series.merge(base, attributes);
      key.truncate(0);
      key.put(sender);
      key.put(points.tags().data());
      series.value(family).appendTo(key);
      lookUp.wrap(key.bytes(), 0, key.length(), 0);
    }
    return rejection;
  }

  /** A point of the future would keep the series there, where no backend takes it. */
  private boolean isFarAhead(long unixNanos) {
    return Long.compareUnsigned(unixNanos, clock.unixNanos() + AHEAD_NANOS_MAX) > 0;
  }

  /** Begins a stream; one that has ended before it began is not kept. */
  private DeltaStream newStream(DeltaPoints points, boolean isStale) {
    DeltaStream stream = points.newStream();
    stream.start(points.view().startTimeUnixNano());
    if (!isStale) {
      streams.add(lookUp, stream);
    }
    return stream;
  }

  /** Start and time have the numbers they have in a sum in every kind of point. */
  private void write(DeltaPoints points, DeltaStream stream) {
    long start = stream.startUnixNano();
    out.putFixed64Field(NumberDataPoint.START_TIME_UNIX_NANO, start);
    long time = stream.advance(points.view().timeUnixNano());
    out.putFixed64Field(NumberDataPoint.TIME_UNIX_NANO, time);
    putAll(points.tags().attributes(), points.view().attributes());
    if (instance.length > 0) {
      out.putBytesField(points.tags().attributes(), instance, 0, instance.length);
    }
    out.putVarintField(points.tags().flags(), points.view().flags() & 0xffff_ffffL);
    putAll(points.tags().exemplars(), points.exemplars());
    points.write(stream, out);
  }

  private int begin(int tag) {
    out.put(tag);
    return out.beginMessage();
  }

  private void put(int tag, ByteRange range) {
    out.putBytesField(tag, range.bytes(), range.offset(), range.length());
  }

  private void putAll(int tag, RangeCursor elements) {
    while (elements.next(element)) {
      put(tag, element);
    }
  }

  /** Forgets what got nothing for long, unless a batch is being converted, which does it too. */
  public void expire() {
    if (lock.tryLock()) {
      try {
        streams.expire();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Forgets every series and gives back what they took of the budget. */
  public void close() {
    lock.lock();
    try {
      streams.clear();
    } finally {
      lock.unlock();
    }
  }
}
