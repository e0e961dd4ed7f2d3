package io.millrace.config;

import io.millrace.component.ComponentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is started, and how it is connected: the {@code service} section. Immutable.
 *
 * @param extensions to start, in this order
 * @param pipelines by signal and name
 * @param telemetry what the collector tells about itself
 * @param limitMib lowers the telemetry that the process may hold, in MiB; absent: 40 % of the heap.
 *     A key of Millrace's own
 * @param admin takes orders by HTTP; absent: nobody does. A key of Millrace's own
 */
public record ServiceConfig(
    List<ComponentId> extensions,
    Map<PipelineId, PipelineConfig> pipelines,
    TelemetryConfig telemetry,
    @Nullable Integer limitMib,
    @Nullable Admin admin) {
  static final ServiceConfig DEFAULT =
      new ServiceConfig(List.of(), Map.of(), TelemetryConfig.DEFAULT, null, null);

  /**
   * {@code service.admin}: orders for the running process, from this machine only.
   *
   * @param port of the loopback interface where {@code POST /reload} does what SIGHUP does and
   *     answers how it ended; 0 for a free one
   */
  public record Admin(int port) {
    public Admin {
      new Checks().between("port", port, 0, 65535).throwIfAny();
    }
  }

  /** Without orders. */
  public ServiceConfig(
      List<ComponentId> extensions,
      Map<PipelineId, PipelineConfig> pipelines,
      TelemetryConfig telemetry,
      @Nullable Integer limitMib) {
    this(extensions, pipelines, telemetry, limitMib, null);
  }

  public ServiceConfig {
    extensions = List.copyOf(extensions);
    pipelines = Collections.unmodifiableMap(new LinkedHashMap<>(pipelines));
    new Checks()
        .that(limitMib == null || limitMib >= 1, "limit_mib", limitMib, ">= 1")
        .throwIfAny();
  }
}
