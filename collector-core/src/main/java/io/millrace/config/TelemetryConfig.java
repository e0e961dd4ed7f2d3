package io.millrace.config;

import io.millrace.telemetry.Exposition.CounterNames;
import io.millrace.telemetry.MetricLevel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the collector tells about itself: {@code service.telemetry}. Immutable.
 *
 * @param metrics its own metrics, and where they are served
 * @param logs its own log
 * @param resource what the metric {@code target_info} and JSON lines of the log call this process;
 *     names and values, or {@code attributes} as a list of both. {@code null} takes out one that is
 *     there by itself: {@code service.name}, {@code service.version}, {@code service.instance.id}
 */
public record TelemetryConfig(
    Metrics metrics, LogsConfig logs, Map<String, @Nullable Object> resource) {
  /** The default: metrics on {@code localhost:8888}, logs from {@code info} on. */
  public static final TelemetryConfig DEFAULT =
      new TelemetryConfig(Metrics.DEFAULT, LogsConfig.DEFAULT, Map.of());

  public TelemetryConfig {
    resource = Collections.unmodifiableMap(new LinkedHashMap<>(resource));
  }

  /**
   * {@code service.telemetry.metrics}.
   *
   * @param level how much is measured; {@code none} serves nothing
   * @param readers where the metrics are served
   * @param address {@code host:port} to serve them on instead, as old configurations say it
   */
  public record Metrics(MetricLevel level, List<Reader> readers, @Nullable String address) {
    static final Metrics DEFAULT = new Metrics(MetricLevel.NORMAL, List.of(Reader.DEFAULT), null);

    public Metrics {
      readers = List.copyOf(readers);
      new Checks()
          .that(address == null || address.matches(".*:\\d{1,5}"), "address", address, "host:port")
          .throwIfAny();
    }

    /** Returns where to serve metrics; nothing when {@code level} is {@code none}. */
    public List<Prometheus> listeners() {
      if (level == MetricLevel.NONE) {
        return List.of();
      }
      if (address != null) {
        int colon = address.lastIndexOf(':');
        String host = colon == 0 ? "0.0.0.0" : address.substring(0, colon);
        return List.of(new Prometheus(host, Integer.parseInt(address.substring(colon + 1))));
      }
      return readers.stream().map(reader -> reader.pull().exporter().prometheus()).toList();
    }
  }

  /**
   * One way to read the metrics; only {@code pull} by Prometheus exists.
   *
   * @param pull metrics that are fetched
   */
  public record Reader(Pull pull) {
    static final Reader DEFAULT =
        new Reader(new Pull(new PullExporter(new Prometheus("localhost", 8888))));
  }

  /**
   * Metrics that are fetched.
   *
   * @param exporter in which form
   */
  public record Pull(PullExporter exporter) {}

  /**
   * The form in which metrics are fetched.
   *
   * @param prometheus as Prometheus text or OpenMetrics, under {@code /metrics}
   */
  public record PullExporter(Prometheus prometheus) {}

  /**
   * A listener that serves the metrics as Prometheus text or OpenMetrics.
   *
   * @param host name or address to listen on
   * @param port to listen on; 0 takes any free one
   * @param withoutTypeSuffix {@code false} appends {@code _total} to the names of counters that do
   *     not have it
   */
  public record Prometheus(String host, int port, boolean withoutTypeSuffix) {
    public Prometheus {
      new Checks()
          .notBlank("host", host, "a host name or address")
          .between("port", port, 0, 65535)
          .throwIfAny();
    }

    /** Creates a listener that leaves names alone. */
    public Prometheus(String host, int port) {
      this(host, port, true);
    }

    /** Returns how counters are called here. */
    public CounterNames counterNames() {
      return withoutTypeSuffix ? CounterNames.PLAIN : CounterNames.WITH_TOTAL;
    }
  }
}
