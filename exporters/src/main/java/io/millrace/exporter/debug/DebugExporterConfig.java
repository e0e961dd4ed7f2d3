package io.millrace.exporter.debug;

import io.millrace.config.Checks;

/**
 * The section of a {@code debug} exporter. Immutable.
 *
 * @param samplingInitial batches printed in each second before sampling begins
 * @param samplingThereafter of the batches beyond, every n-th is printed; 0 for none
 * @param useInternalLogger prints to the log; {@code false} prints to the standard output, without
 *     a prefix
 */
record DebugExporterConfig(
    Verbosity verbosity, int samplingInitial, int samplingThereafter, boolean useInternalLogger) {
  /** How much is printed. */
  enum Verbosity {
    /** A line per batch. */
    BASIC,
    /** A line per record. */
    NORMAL,
    /** A line per field. */
    DETAILED
  }

  /** The collector's defaults. */
  static final DebugExporterConfig DEFAULT = new DebugExporterConfig(Verbosity.BASIC, 2, 1, true);

  DebugExporterConfig {
    new Checks()
        .atLeast("sampling_initial", samplingInitial, 0)
        .atLeast("sampling_thereafter", samplingThereafter, 0)
        .throwIfAny();
  }
}
