package io.millrace.service;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.millrace.component.ByteBudget;
import io.millrace.telemetry.MetricRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process itself costs, under the names that the collector's dashboards ask for. */
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long KIB = 1024;

  private ProcessMetrics() {}

  static void register(MetricRegistry metrics, ByteBudget budget) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    metrics.observedCounter(
        "otelcol_process_uptime", "Seconds since the start.", () -> runtime.getUptime() / 1e3);
    metrics.observedCounter(
        "otelcol_process_cpu_seconds",
        "CPU time of the process, user and system.",
        () -> system.getProcessCpuTime() / 1e9);
    metrics.gauge(
        "otelcol_process_memory_rss", "Resident memory in bytes.", ProcessMetrics::residentBytes);
    metrics.gauge(
        "otelcol_process_runtime_heap_alloc_bytes",
        "Bytes of the heap in use, garbage included.",
        () -> memory.getHeapMemoryUsage().getUsed());
    metrics.observedCounter(
        "otelcol_process_runtime_total_alloc_bytes",
        "Bytes allocated on the heap since the start.",
        threads::getTotalThreadAllocatedBytes);
    metrics.gauge(
        "otelcol_process_runtime_total_sys_memory_bytes",
        "Bytes of heap and non-heap memory obtained from the system.",
        () ->
            memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted());
    metrics.gauge(
        "millrace_budget_used_bytes", "Bytes of telemetry held or reserved.", budget::used);
    metrics.gauge(
        "millrace_budget_limit_bytes", "Bytes of telemetry that may be held.", budget::limit);
  }

  /** Returns 0 where the system does not tell. */
  private static long residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException _) { // not Linux
      return 0;
    }
  }
}
