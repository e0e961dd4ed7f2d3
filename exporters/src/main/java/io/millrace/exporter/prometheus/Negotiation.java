package io.millrace.exporter.prometheus;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which format a scraper is answered. Immutable.
 *
 * @param allowsUtf8 whether names may have any character
 */
record Negotiation(Format format, boolean allowsUtf8) {
  /** What there is. */
  enum Format {
    TEXT,
    OPEN_METRICS,
    PROTOBUF
  }

  /**
   * Chooses what the header {@code Accept} likes best; text when it likes nothing of ours.
   *
   * @param openMetrics whether OpenMetrics is enabled
   */
  static Negotiation of(String accept, boolean openMetrics) {
    Negotiation best = new Negotiation(Format.TEXT, false);
    double bestQuality = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      Format format = format(range, openMetrics);
      double quality = format == null ? 0 : quality(range);
      if (format != null && quality > bestQuality) {
        best = new Negotiation(format, range.contains("escaping=allow-utf-8"));
        bestQuality = quality;
      }
    }
    return best;
  }

  private static @Nullable Format format(String range, boolean openMetrics) {
    String media = range.split(";", 2)[0].strip();
    return switch (media) {
      case "application/vnd.google.protobuf" ->
          range.contains("proto=io.prometheus.client.metricfamily")
                  && range.contains("encoding=delimited")
              ? Format.PROTOBUF
              : null;
      case "application/openmetrics-text" -> openMetrics ? Format.OPEN_METRICS : null;
      case "text/plain", "text/*", "*/*" -> Format.TEXT;
      default -> null;
    };
  }

  private static double quality(String range) {
    for (String parameter : range.split(";", -1)) {
      String stripped = parameter.strip();
      if (stripped.startsWith("q=")) {
        try {
          return Double.parseDouble(stripped.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  String contentType() {
    String type =
        switch (format) {
          case TEXT ->
              "text/plain; version=" + (allowsUtf8 ? "1.0.0" : "0.0.4") + "; charset=utf-8";
          case OPEN_METRICS -> "application/openmetrics-text; version=1.0.0; charset=utf-8";
          case PROTOBUF ->
              "application/vnd.google.protobuf;"
                  + " proto=io.prometheus.client.MetricFamily; encoding=delimited";
        };
    return allowsUtf8 ? type + "; escaping=allow-utf-8" : type;
  }
}
