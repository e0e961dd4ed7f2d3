package io.millrace.service;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.telemetry.MetricRegistry;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the JVM is doing, under the names of Prometheus' Java client. Stateless; reads at every
 * scrape.
 */
final class JvmMetrics {
  private JvmMetrics() {}

  static void register(MetricRegistry metrics) {
    memory(metrics);
    collections(metrics);
    threads(metrics);
    files(metrics);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    metrics.gauge("jvm_classes_currently_loaded", "Loaded classes.", classes::getLoadedClassCount);
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    metrics.gauge(
        "jvm_runtime_info",
        "The JVM; always 1.",
        () -> 1,
        "runtime",
        runtime.getVmName(),
        "vendor",
        runtime.getVmVendor(),
        "version",
        runtime.getVmVersion());
  }

  private static void memory(MetricRegistry metrics) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Map<String, Supplier<MemoryUsage>> areas =
        Map.of("heap", memory::getHeapMemoryUsage, "nonheap", memory::getNonHeapMemoryUsage);
    areas.forEach((area, usage) -> {
      metrics.gauge(
          "jvm_memory_used_bytes",
          "Bytes of memory in use.",
          () -> usage.get().getUsed(),
          "area",
          area);
      metrics.gauge(
          "jvm_memory_committed_bytes",
          "Bytes of memory obtained from the system.",
          () -> usage.get().getCommitted(),
          "area",
          area);
      metrics.gauge(
          "jvm_memory_max_bytes",
          "Bytes the memory may grow to; -1 without a bound.",
          () -> usage.get().getMax(),
          "area",
          area);
    });
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      metrics.gauge(
          "jvm_buffer_pool_used_bytes",
          "Bytes of buffers outside the heap.",
          pool::getMemoryUsed,
          "pool",
          pool.getName());
    }
  }

  private static void collections(MetricRegistry metrics) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      metrics.observedSummary(
          "jvm_gc_collection_seconds",
          "Garbage collections, and the time spent in them.",
          collector::getCollectionCount,
          () -> collector.getCollectionTime() / 1e3,
          "gc",
          collector.getName());
    }
  }

  private static void threads(MetricRegistry metrics) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    metrics.gauge("jvm_threads_current", "Platform threads.", threads::getThreadCount);
    metrics.gauge("jvm_threads_peak", "Most platform threads so far.", threads::getPeakThreadCount);
  }

  /** Every connection is a file. */
  private static void files(MetricRegistry metrics) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      metrics.gauge("process_open_fds", "Open file descriptors.", unix::getOpenFileDescriptorCount);
      metrics.gauge(
          "process_max_fds", "File descriptors that may be open.", unix::getMaxFileDescriptorCount);
    }
  }
}
