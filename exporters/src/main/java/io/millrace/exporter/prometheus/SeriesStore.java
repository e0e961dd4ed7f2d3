package io.millrace.exporter.prometheus;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.Rejection;
import io.millrace.exporter.sending.RateLimitedLog;
import io.millrace.telemetry.Counter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The last point of every series, by the name of its metric and its labels.
 *
 * <p>Each point is charged with what it holds or with what it takes in a scrape as text, whichever
 * is more, so that one bound stands for both; what is charged counts in the process's budget.
 * Points that expired leave at the next scrape, or when room is needed. Thread safe; one point is
 * locked at a time.
 */
final class SeriesStore {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

  /** What a point takes beside its arrays: objects, and places in a map. */
  private static final int POINT_BYTES = 512;

  /** What a sample takes beside labels and name: suffix, bound, value, time. */
  private static final int SAMPLE_BYTES = 64;

  private final ConcurrentHashMap<String, StoredFamily> families = new ConcurrentHashMap<>();
  private final AtomicLong charged = new AtomicLong();
  private final AtomicLong lastSweepNanos;
  private final Clock clock;
  private final ByteBudget budget;
  private final String exporter;
  private final Counter conflicts;
  private final RateLimitedLog log;
  private final long expirationNanos;
  private final long bytesMax;

  SeriesStore(ComponentContext context, Duration expiration, long bytesMax) {
    clock = context.clock();
    budget = context.budget();
    exporter = context.id().toString();
    conflicts =
        context
            .metrics()
            .counter(
                "otelcol_exporter_prometheus_conflicts",
                "Points that took the place of another resource's or scope's under the same labels.",
                "exporter",
                exporter);
    log =
        new RateLimitedLog(
            LoggerFactory.getLogger(SeriesStore.class), context.clock(), LOG_INTERVAL);
    expirationNanos = expiration.toNanos();
    lastSweepNanos = new AtomicLong(clock.nanos());
    this.bytesMax = bytesMax;
  }

  /**
   * Puts a point in its place; returns why it is not shown, or {@code null}.
   *
   * @param isSummed whether points of other sources are in it already
   */
  @Nullable Rejection put(
      MetricFamily family, LabelKey labels, PointValues values, boolean isSummed, long source) {
    StoredFamily known = families.get(family.name());
    if (known != null && !known.isOf(family.type())) {
      return Rejection.TYPE;
    }
    StoredPoint point = known == null ? null : known.points.get(labels);
    while (point == null || !update(known, point, values, isSummed, source)) {
      if (values.isStale) {
        return null;
      }
      if (!hasRoom()) {
        return Rejection.SERIES_LIMIT;
      }
      known = add(family, labels);
      point = known.points.get(labels);
    }
    return null;
  }

  /** Adds a point without values; family and point in one step, so that no empty family leaves. */
  private StoredFamily add(MetricFamily family, LabelKey labels) {
    return families.compute(
        family.name(),
        (name, known) -> {
          StoredFamily home = known == null ? new StoredFamily(family) : known;
          home.points.computeIfAbsent(labels.copy(), StoredPoint::new);
          return home;
        });
  }

  private boolean hasRoom() {
    long now = clock.nanos();
    long last = lastSweepNanos.get();
    if (charged.get() >= bytesMax
        && now - last >= SWEEP_NANOS
        && lastSweepNanos.compareAndSet(last, now)) {
      sweep();
    }
    return charged.get() < bytesMax;
  }

  /** Returns false when the point has left the store meanwhile. */
  private boolean update(
      @Nullable StoredFamily family,
      StoredPoint point,
      PointValues values,
      boolean isSummed,
      long source) {
    synchronized (point) {
      if (point.isRemoved || family == null) {
        return false;
      }
      if (values.isStale) {
        remove(family, point);
        return true;
      }
      boolean isNew = point.chargedBytes == 0;
      noteConflict(family, point, isNew || isSummed, source);
      if (isNew || values.timeMillis >= point.values.timeMillis) {
        point.values.copy(values, family.share(values));
      }
      point.source = source;
      point.updatedNanos = clock.nanos();
      charge(point, cost(family, point) - point.chargedBytes);
      return true;
    }
  }

  private void noteConflict(StoredFamily family, StoredPoint point, boolean isFine, long source) {
    if (isFine || point.source == source) {
      return;
    }
    conflicts.add(1);
    log.warn(() ->
        "%s: two resources or scopes have the same series of %s, the later point is shown"
            .formatted(exporter, family.family.name()));
  }

  private static long cost(StoredFamily family, StoredPoint point) {
    PointValues values = point.values;
    int samples = values.size + 3;
    int name = family.family.name().length();
    int labels = point.key.length();
    long held =
        (long) labels
            + values.nativeHistogram.bytes().length
            + values.exemplars.labels.bytes().length;
    return POINT_BYTES + held + samples * (long) (labels + name + SAMPLE_BYTES);
  }

  private void charge(StoredPoint point, long bytes) {
    point.chargedBytes += bytes;
    charged.addAndGet(bytes);
    budget.charge(bytes);
  }

  /** The caller holds the point's lock. */
  private void remove(StoredFamily family, StoredPoint point) {
    point.isRemoved = true;
    charge(point, -point.chargedBytes);
    family.points.remove(point.key, point);
  }

  /** Forgets the points that have expired. */
  void sweep() {
    long now = clock.nanos();
    for (StoredFamily family : families.values()) {
      family.points.forEach((labels, point) -> {
        synchronized (point) {
          if (point.isShown() && now - point.updatedNanos > expirationNanos) {
            remove(family, point);
          }
        }
      });
      families.computeIfPresent(
          family.family.name(), (name, known) -> known.points.isEmpty() ? null : known);
    }
  }

  /** Returns what there is, sorted by name; a point is to be locked while it is read. */
  List<StoredFamily> families() {
    return families.values().stream()
        .sorted(Comparator.comparing(family -> family.family.name()))
        .toList();
  }

  /** What is charged, in bytes. */
  long chargedBytes() {
    return charged.get();
  }

  /** Gives everything back to the budget. */
  void close() {
    families
        .values()
        .forEach(family ->
            family
                .points
                .values()
                .forEach(point -> {
                  synchronized (point) {
                    point.isRemoved = true;
                    charge(point, -point.chargedBytes);
                  }
                }));
    families.clear();
  }
}
