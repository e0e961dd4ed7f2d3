package io.millrace.service;

import io.millrace.telemetry.MetricRegistry;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * What the JVM is doing, under the names of Prometheus' Java client. Stateless; reads at every
 * scrape.
 */
final class JvmMetrics {
  private JvmMetrics() {}

  static void register(MetricRegistry metrics) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    String used = "Bytes of memory in use.";
    metrics.gauge(
        "jvm_memory_used_bytes", used, () -> memory.getHeapMemoryUsage().getUsed(), "area", "heap");
    metrics.gauge(
        "jvm_memory_used_bytes",
        used,
        () -> memory.getNonHeapMemoryUsage().getUsed(),
        "area",
        "nonheap");
    metrics.gauge(
        "jvm_memory_max_bytes",
        "Bytes the memory may grow to.",
        () -> memory.getHeapMemoryUsage().getMax(),
        "area",
        "heap");
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      metrics.gauge(
          "jvm_buffer_pool_used_bytes",
          "Bytes of buffers outside the heap.",
          pool::getMemoryUsed,
          "pool",
          pool.getName());
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      metrics.observedCounter(
          "jvm_gc_collection_seconds_sum",
          "Time spent in garbage collection.",
          () -> collector.getCollectionTime() / 1e3,
          "gc",
          collector.getName());
    }
    metrics.gauge(
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
