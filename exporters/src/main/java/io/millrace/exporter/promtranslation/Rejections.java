package io.millrace.exporter.promtranslation;

import io.millrace.component.ComponentContext;
import io.millrace.exporter.sending.RateLimitedLog;
import io.millrace.telemetry.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Counts the points that have no series, by reason, and names some of them. Thread safe. */
public final class Rejections {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final String exporter;
  private final RateLimitedLog log;
  private final Map<Rejection, Counter> counters = new EnumMap<>(Rejection.class);

  /** Counts under the collector's name for an exporter of that type. */
  public Rejections(ComponentContext context, String type) {
    exporter = context.id().toString();
    log =
        new RateLimitedLog(
            LoggerFactory.getLogger(Rejections.class), context.clock(), LOG_INTERVAL);
    for (Rejection rejection : Rejection.values()) {
      counters.put(
          rejection,
          context
              .metrics()
              .counter(
                  "otelcol_exporter_" + type + "_failed_translations",
                  "Points that Prometheus cannot be told of.",
                  "exporter",
                  exporter,
                  "reason",
                  rejection.word()));
    }
  }

  /** Counts a point of a metric. */
  public void count(Rejection rejection, String metric) {
    Counter counter = counters.get(rejection);
    if (counter != null) {
      counter.add(1);
    }
    log.warn(() -> "%s: left out a point of %s: %s".formatted(exporter, metric, rejection.word()));
  }
}
