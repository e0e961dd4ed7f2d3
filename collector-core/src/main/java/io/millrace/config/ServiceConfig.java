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
 * @param pipelines in the user's order
 * @param limitMib lowers the bytes of telemetry the process may hold, in MiB; {@code null} for the
 *     share of the heap that is the default. A key of Millrace's own.
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
