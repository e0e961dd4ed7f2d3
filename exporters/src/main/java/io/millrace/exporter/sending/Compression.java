package io.millrace.exporter.sending;

/** The key {@code compression} of exporters that speak to a backend over gRPC or HTTP. */
public enum Compression {
  GZIP,
  NONE
}
