package io.millrace.benchmarks.peers;

import io.millrace.pdata.Signal;

/** The names of OTLP's gRPC methods. */
final class ExportMethods {
  private ExportMethods() {}

  static String of(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.TraceService";
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
          case PROFILES -> "profiles.v1development.ProfilesService";
        };
    return "opentelemetry.proto.collector." + service + "/Export";
  }
}
