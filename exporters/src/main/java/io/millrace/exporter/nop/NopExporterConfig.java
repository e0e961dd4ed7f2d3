package io.millrace.exporter.nop;

/** The section of a {@code nop} exporter, which has no keys. Immutable. */
record NopExporterConfig() {}
