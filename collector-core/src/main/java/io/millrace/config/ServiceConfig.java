package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.pdata.Signal;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
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
    @Nullable Admin admin)
    implements MemorySettings {
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

  @Override
  public void checkMemory(ProcessMemory memory, Checks errors, Checks warnings) {
    long most = ProcessMemory.budgetOf(memory.heapBytes()) >> 20;
    if (limitMib != null) {
      errors.that(
          limitMib <= most,
          "limit_mib",
          limitMib,
          "<= %d, which is %d %% of the heap of %s; MILLRACE_HEAP_MIB gives the launcher another heap"
              .formatted(most, ProcessMemory.HEAP_PERCENT, ProcessMemory.mib(memory.heapBytes())));
    }
  }

  /** Returns the pipelines that have the connector of that signal as receiver. */
  public Map<PipelineId, PipelineConfig> behind(ComponentId connector, Signal signal) {
    return those((id, its) -> id.signal() == signal && its.receivers().contains(connector));
  }

  /** Returns the pipelines that lead to this one through one of {@code connectors}. */
  public Map<PipelineId, PipelineConfig> before(PipelineId id, Set<ComponentId> connectors) {
    Set<ComponentId> leading = new HashSet<>(Objects.requireNonNull(pipelines.get(id)).receivers());
    leading.retainAll(connectors);
    return those((other, its) ->
        other.signal() == id.signal() && !Collections.disjoint(its.exporters(), leading));
  }

  private Map<PipelineId, PipelineConfig> those(BiPredicate<PipelineId, PipelineConfig> wanted) {
    Map<PipelineId, PipelineConfig> found = new LinkedHashMap<>(pipelines);
    found.entrySet().removeIf(entry -> !wanted.test(entry.getKey(), entry.getValue()));
    return found;
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
