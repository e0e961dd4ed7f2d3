package io.millrace.telemetry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one running collector, by name and labels.
 *
 * <p>Asking twice for the same counter or histogram returns the same one. Thread safe.
 */
public final class MetricRegistry {
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY
  }

  /** How often something happened, and what it added up to; kept elsewhere. */
  record Summary(Supplier<? extends Number> count, Supplier<? extends Number> sum) {}

  /** All series of one name, by their rendered label block. */
  static final class Family {
    final Type type;
    final String help;
    final Map<String, Counter> counters = new ConcurrentSkipListMap<>();
    final Map<String, UpDownCounter> upDownCounters = new ConcurrentSkipListMap<>();
    final Map<String, Histogram> histograms = new ConcurrentSkipListMap<>();
    final Map<String, Supplier<? extends Number>> observed = new ConcurrentSkipListMap<>();
    final Map<String, Summary> summaries = new ConcurrentSkipListMap<>();

    Family(Type type, String help) {
      this.type = type;
      this.help = help;
    }

    void addAll(Family other) {
      counters.putAll(other.counters);
      upDownCounters.putAll(other.upDownCounters);
      histograms.putAll(other.histograms);
      other.observed.forEach((labels, value) -> observed.merge(labels, value, Family::sum));
      summaries.putAll(other.summaries);
    }

    private static Supplier<Number> sum(
        Supplier<? extends Number> one, Supplier<? extends Number> other) {
      return () -> one.get().longValue() + other.get().longValue();
    }
  }

  private static final long[] DURATION_BOUNDS =
      LongStream.of(
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000,
              30_000_000,
              60_000_000,
              300_000_000,
              1_800_000_000)
          .map(TimeUnit.MICROSECONDS::toNanos)
          .toArray();

  private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();
  private final List<MetricRegistry> included = new CopyOnWriteArrayList<>();
  private final MetricLevel level;
  private final @Nullable MetricRegistry totals;

  /** Creates a registry of everything. */
  public MetricRegistry() {
    this(MetricLevel.DETAILED);
  }

  /** Creates a registry of what is measured at this level. */
  public MetricRegistry(MetricLevel level) {
    this(level, null);
  }

  /**
   * Creates a registry whose counters and histograms go on from those of another, which outlives
   * it: what is counted by whoever came before, and still is, is exposed as well.
   */
  public MetricRegistry(MetricLevel level, @Nullable MetricRegistry totals) {
    this.level = level;
    this.totals = totals;
    if (totals != null) {
      included.add(totals);
    }
  }

  /** Returns an empty registry of the same level that counts on in the same totals. */
  public MetricRegistry sibling() {
    return new MetricRegistry(level, totals);
  }

  private MetricRegistry counting() {
    return totals == null ? this : totals;
  }

  /** Returns how much is measured. */
  public MetricLevel level() {
    return level;
  }

  /**
   * Returns where to register what is measured from the level {@code least} on: this registry, or
   * one that nobody reads.
   */
  public MetricRegistry at(MetricLevel least) {
    return includes(least) ? this : new MetricRegistry(level);
  }

  /** Returns whether somebody reads what is measured from the level {@code least} on. */
  public boolean includes(MetricLevel least) {
    return level.includes(least);
  }

  /**
   * Returns the counter of that name and labels.
   *
   * @param name the whole exposed name; the collector's names carry no {@code _total}
   * @param labels names and values in turn
   */
  public Counter counter(String name, String help, String... labels) {
    return counting()
        .family(Type.COUNTER, name, help)
        .counters
        .computeIfAbsent(labelBlock(labels), k -> new Counter());
  }

  /**
   * Returns the sum of that name and labels, which is exposed as a gauge.
   *
   * @param labels names and values in turn
   */
  public UpDownCounter upDownCounter(String name, String help, String... labels) {
    return family(Type.GAUGE, name, help)
        .upDownCounters
        .computeIfAbsent(labelBlock(labels), k -> new UpDownCounter());
  }

  /**
   * Returns the histogram of that name and labels.
   *
   * @param bounds the buckets' inclusive upper bounds, ascending
   * @param labels names and values in turn
   */
  public Histogram histogram(String name, String help, long[] bounds, String... labels) {
    return counting()
        .family(Type.HISTOGRAM, name, help)
        .histograms
        .computeIfAbsent(labelBlock(labels), k -> new Histogram(Histogram.Unit.ONE, bounds));
  }

  /**
   * Returns the histogram of that name and labels which records nanoseconds and exposes seconds, in
   * buckets from a tenth of a millisecond to half an hour.
   *
   * @param labels names and values in turn
   */
  public Histogram durations(String name, String help, String... labels) {
    return counting()
        .family(Type.HISTOGRAM, name, help)
        .histograms
        .computeIfAbsent(
            labelBlock(labels), k -> new Histogram(Histogram.Unit.SECONDS, DURATION_BOUNDS));
  }

  /**
   * Exposes how often something happened and what it added up to, as {@code name_count} and {@code
   * name_sum}; both only grow and are read at every scrape.
   *
   * @param labels names and values in turn
   */
  public void observedSummary(
      String name,
      String help,
      Supplier<? extends Number> count,
      Supplier<? extends Number> sum,
      String... labels) {
    family(Type.SUMMARY, name, help).summaries.put(labelBlock(labels), new Summary(count, sum));
  }

  /**
   * Exposes a value that is read at every scrape; of two gauges with the same name and labels the
   * later one wins.
   *
   * @param labels names and values in turn
   */
  public void gauge(String name, String help, Supplier<? extends Number> value, String... labels) {
    family(Type.GAUGE, name, help).observed.put(labelBlock(labels), value);
  }

  /**
   * Exposes a number that only grows and is kept elsewhere; it is read at every scrape.
   *
   * @param labels names and values in turn
   */
  public void observedCounter(
      String name, String help, Supplier<? extends Number> value, String... labels) {
    family(Type.COUNTER, name, help).observed.put(labelBlock(labels), value);
  }

  /**
   * Exposes whatever is in another registry as well, now and later. Gauges of whole numbers that
   * both have are added up; other series have names or labels of their own.
   */
  public void include(MetricRegistry other) {
    included.add(other);
  }

  /** Returns every family, in the order of their names; a copy where registries are included. */
  Map<String, Family> families() {
    if (included.isEmpty()) {
      return families;
    }
    Map<String, Family> all = new TreeMap<>();
    addTo(all);
    return all;
  }

  /** Forgets everything but the totals; nobody registers anything from now on. */
  public void clear() {
    families.clear();
  }

  private void addTo(Map<String, Family> all) {
    families.forEach((name, family) ->
        all.computeIfAbsent(name, n -> new Family(family.type, family.help)).addAll(family));
    included.forEach(other -> other.addTo(all));
  }

  private Family family(Type type, String name, String help) {
    Family family = families.computeIfAbsent(name, k -> new Family(type, help));
    if (family.type != type) {
      throw new IllegalArgumentException(name + ": " + type + " (expected: " + family.type + ")");
    }
    return family;
  }

  private static String labelBlock(String... labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " (expected: names and values in turn)");
    }
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    StringBuilder block = new StringBuilder();
    sorted.forEach((name, value) ->
        block
            .append(block.isEmpty() ? "" : ",")
            .append(name)
            .append("=\"")
            .append(escape(value))
            .append('"'));
    return block.isEmpty() ? "" : "{" + block + "}";
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
