package io.millrace.exporter.loki;

import io.millrace.component.ComponentContext;
import io.millrace.exporter.sending.RateLimitedLog;
import io.millrace.telemetry.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Counts what Loki cannot be told of as it is, and names some of it. Thread safe. */
final class Rejections {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final String exporter;
  private final Counter renamed;
  private final Counter dropped;
  private final Map<Rejection, Counter> rejected = new EnumMap<>(Rejection.class);
  private final RateLimitedLog log;

  Rejections(ComponentContext context) {
    exporter = context.id().toString();
    log =
        new RateLimitedLog(
            LoggerFactory.getLogger(Rejections.class), context.clock(), LOG_INTERVAL);
    renamed = keys(context, "renamed");
    dropped = keys(context, "dropped");
    for (Rejection rejection : Rejection.values()) {
      rejected.put(
          rejection,
          context
              .metrics()
              .counter(
                  "otelcol_exporter_loki_failed_translations",
                  "Log records that Loki cannot be told of.",
                  "exporter",
                  exporter,
                  "reason",
                  rejection.word()));
    }
  }

  private Counter keys(ComponentContext context, String outcome) {
    return context
        .metrics()
        .counter(
            "otelcol_exporter_loki_unnamable_attributes",
            "Attributes whose key no label can hold, by what became of them.",
            "exporter",
            exporter,
            "outcome",
            outcome);
  }

  /** Counts an attribute that got another name. */
  void renamed() {
    renamed.add(1);
  }

  /** Counts an attribute that was left out. */
  void dropped() {
    dropped.add(1);
  }

  /** Counts a record that was left out. */
  void rejected(Rejection rejection) {
    Counter counter = rejected.get(rejection);
    if (counter != null) {
      counter.add(1);
    }
    log.warn(() -> "%s: left out a log record: %s".formatted(exporter, rejection.word()));
  }
}
