package io.millrace.benchmarks.traffic;

import io.millrace.pdata.Signal;

/** The names of OTLP's gRPC methods. Stateless. */
public final class ExportMethods {
  private ExportMethods() {}

  /** Returns {@code package.Service/Method}. */
  public static String of(Signal signal) {
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
