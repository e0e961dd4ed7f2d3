package io.millrace.config;

import java.util.List;

/**
 * What the collector tells about itself: {@code service.telemetry}. Immutable.
 *
 * @param metrics its own metrics, and where they are served
 * @param logs its own log
 */
public record TelemetryConfig(Metrics metrics, Logs logs) {
  /** The default: metrics on {@code localhost:8888}, logs from {@code info} on. */
  public static final TelemetryConfig DEFAULT =
      new TelemetryConfig(
          new Metrics(Level.NORMAL, List.of(Reader.DEFAULT)), new Logs(LogLevel.INFO));

  /** How much the collector measures about itself. */
  public enum Level {
    NONE,
    BASIC,
    NORMAL,
    DETAILED
  }

  /** The least severe message that is logged. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * {@code service.telemetry.logs}.
   *
   * @param level the least severe message that is logged
   */
  public record Logs(LogLevel level) {}

  /**
   * {@code service.telemetry.metrics}.
   *
   * @param level how much is measured; {@code none} serves nothing
   * @param readers where the metrics are served
   */
  public record Metrics(Level level, List<Reader> readers) {
    public Metrics {
      readers = List.copyOf(readers);
    }

    /** Returns where to serve metrics; nothing when {@code level} is {@code none}. */
    public List<Prometheus> listeners() {
      if (level == Level.NONE) {
        return List.of();
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
   * @param prometheus as Prometheus text, under {@code /metrics}
   */
  public record PullExporter(Prometheus prometheus) {}

  /**
   * A listener that serves the metrics as Prometheus text.
   *
   * @param host name or address to listen on
   * @param port to listen on; 0 takes any free one
   */
  public record Prometheus(String host, int port) {
    public Prometheus {
      new Checks()
          .notBlank("host", host, "a host name or address")
          .between("port", port, 0, 65535)
          .throwIfAny();
    }
  }
}
