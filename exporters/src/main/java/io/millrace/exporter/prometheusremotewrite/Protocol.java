package io.millrace.exporter.prometheusremotewrite;

import java.util.Arrays;
import java.util.Optional;

/** The versions of remote write. */
enum Protocol {
  V1("prometheus.WriteRequest", "application/x-protobuf", "0.1.0"),
  V2(
      "io.prometheus.write.v2.Request",
      "application/x-protobuf;proto=io.prometheus.write.v2.Request",
      "2.0.0");

  private final String message;
  private final String contentType;
  private final String version;

  Protocol(String message, String contentType, String version) {
    this.message = message;
    this.contentType = contentType;
    this.version = version;
  }

  /** Finds a version by the name of its message, which is its word in YAML. */
  static Optional<Protocol> of(String message) {
    return Arrays.stream(values()).filter(protocol -> protocol.message.equals(message)).findFirst();
  }

  String message() {
    return message;
  }

  String contentType() {
    return contentType;
  }

  /** The header {@code X-Prometheus-Remote-Write-Version}. */
  String version() {
    return version;
  }
}
