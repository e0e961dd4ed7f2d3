package io.millrace.exporter.loki;

import java.util.Locale;

/** Why Loki cannot be told of a record. */
enum Rejection {
  /** A tenant that Loki has no name for. */
  INVALID_TENANT,
  /** More tenants in one batch than are kept apart. */
  TOO_MANY_TENANTS,
  /** All default labels are off and no hint names one that the record has. */
  NO_LABELS,
  /** The hint {@code loki.format} is none of json, logfmt, raw. */
  INVALID_FORMAT;

  /** The value of the metric's label. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
