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
 */
public record ServiceConfig(
    List<ComponentId> extensions,
    Map<PipelineId, PipelineConfig> pipelines,
    TelemetryConfig telemetry,
    @Nullable Integer limitMib) {
  static final ServiceConfig DEFAULT =
      new ServiceConfig(List.of(), Map.of(), TelemetryConfig.DEFAULT, null);

  public ServiceConfig {
    extensions = List.copyOf(extensions);
    pipelines = Collections.unmodifiableMap(new LinkedHashMap<>(pipelines));
    new Checks()
        .that(limitMib == null || limitMib >= 1, "limit_mib", limitMib, ">= 1")
        .throwIfAny();
  }
}
