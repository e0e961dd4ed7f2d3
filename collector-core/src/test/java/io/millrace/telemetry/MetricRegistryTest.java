package io.millrace.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MetricRegistryTest {
  private static final long[] BOUNDS = {10, 100};

  private final MetricRegistry metrics = new MetricRegistry();

  @Test
  void histogramIsWrittenAsCumulativeBuckets() {
    Histogram sizes = metrics.histogram("sizes", "Sizes.", BOUNDS, "processor", "batch");
    sizes.record(0);
    sizes.record(10);
    sizes.record(11);
    sizes.record(101);

    assertThat(PrometheusText.write(metrics))
        .isEqualTo(
            """
            # HELP sizes Sizes.
            # TYPE sizes histogram
            sizes_bucket{processor="batch",le="10"} 2
            sizes_bucket{processor="batch",le="100"} 3
            sizes_bucket{processor="batch",le="+Inf"} 4
            sizes_sum{processor="batch"} 122
            sizes_count{processor="batch"} 4
            """);
  }

  @Test
  void histogramNeedsNoLabels() {
    metrics.histogram("sizes", "Sizes.", BOUNDS).record(50);

    assertThat(PrometheusText.write(metrics))
        .contains("sizes_bucket{le=\"100\"} 1\n")
        .contains("sizes_sum 50\n");
  }

  @Test
  void countsOnInItsTotals() {
    MetricRegistry totals = new MetricRegistry();
    new MetricRegistry(MetricLevel.NORMAL, totals).counter("spans", "Spans.").add(2);
    MetricRegistry next = new MetricRegistry(MetricLevel.NORMAL, totals);
    next.counter("spans", "Spans.").add(3);
    next.sibling().counter("spans", "Spans.").add(4);

    assertThat(PrometheusText.write(next)).contains("spans 9\n");
  }

  @Test
  void addsUpTheGaugesOfWhatItIncludes() {
    MetricRegistry former = new MetricRegistry();
    former.gauge("held", "Held.", () -> 2);
    metrics.gauge("held", "Held.", () -> 3);
    metrics.include(former);
    assertThat(PrometheusText.write(metrics)).contains("held 5\n");

    former.clear();
    assertThat(PrometheusText.write(metrics)).contains("held 3\n");
  }

  @Test
  void upDownCounterIsAGaugeOfTheSum() {
    metrics.upDownCounter("open", "Open.").add(5);
    metrics.upDownCounter("open", "Open.").add(-2);

    assertThat(PrometheusText.write(metrics)).contains("# TYPE open gauge\nopen 3\n");
  }

  @Test
  void durationsAreRecordedInNanosecondsAndExposedInSeconds() {
    Histogram waits = metrics.durations("waits", "Waits.");
    waits.record(5_000_000);
    waits.record(1_500_000_000);

    assertThat(PrometheusText.write(metrics))
        .contains("waits_bucket{le=\"0.005\"} 1\n")
        .contains("waits_bucket{le=\"0.0001\"} 0\n")
        .contains("waits_bucket{le=\"1\"} 1\n")
        .contains("waits_bucket{le=\"1800\"} 2\n")
        .contains("waits_bucket{le=\"+Inf\"} 2\n")
        .contains("waits_sum 1.505\n");
  }

  @Test
  void summaryIsACountAndASum() {
    metrics.observedSummary("gc", "Collections.", () -> 3, () -> 0.25, "gc", "Copy");

    assertThat(PrometheusText.write(metrics))
        .endsWith("# TYPE gc summary\ngc_sum{gc=\"Copy\"} 0.25\ngc_count{gc=\"Copy\"} 3\n");
  }

  @Test
  void whatIsMeasuredAtAHigherLevelIsNotExposed() {
    MetricRegistry basic = new MetricRegistry(MetricLevel.BASIC);
    basic.at(MetricLevel.BASIC).counter("always", "").add(1);
    basic.at(MetricLevel.NORMAL).counter("normally", "").add(1);
    basic.at(MetricLevel.NORMAL).at(MetricLevel.DETAILED).counter("seldom", "").add(1);

    assertThat(basic.families().keySet()).containsExactly("always");
    assertThat(metrics.at(MetricLevel.DETAILED)).isSameAs(metrics);
  }

  @Test
  void whatIsIncludedIsExposedInOneFamilyNowAndLater() {
    MetricRegistry other = new MetricRegistry();
    other.counter("taken", "Taken.", "receiver", "b").add(2);
    metrics.counter("taken", "Taken.", "receiver", "a").add(1);

    metrics.include(other);
    other.counter("taken", "Taken.", "receiver", "c").add(3);

    assertThat(PrometheusText.write(metrics))
        .isEqualTo(
            """
            # HELP taken Taken.
            # TYPE taken counter
            taken{receiver="a"} 1
            taken{receiver="b"} 2
            taken{receiver="c"} 3
            """);
  }

  @Test
  void askingTwiceReturnsTheSame() {
    assertThat(metrics.histogram("a", "", BOUNDS, "l", "1"))
        .isSameAs(metrics.histogram("a", "", BOUNDS, "l", "1"))
        .isNotSameAs(metrics.histogram("a", "", BOUNDS, "l", "2"));
  }

  @Test
  void refusesBoundsOutOfOrderAndNamesOfAnotherType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.histogram("a", "", new long[] {5, 5}))
        .withMessage("bounds: [5, 5] (expected: ascending)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.counter("a", ""))
        .withMessage("a: COUNTER (expected: HISTOGRAM)");
  }
}
