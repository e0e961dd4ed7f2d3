package io.millrace.processor.memorylimiter;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads this JVM. Heap in use would count garbage, so only what a full collection left counts: the
 * pools that nothing but the collector of the most pools looks after. With the launcher's Serial
 * and Parallel collectors that is the old generation. Thread safe.
 */
final class JvmReadings implements MemoryReadings {
  private static final String DIRECT = "direct";

  private final GarbageCollectorMXBean full;
  private final List<MemoryPoolMXBean> pools;
  private final List<BufferPoolMXBean> buffers;

  JvmReadings() {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    full =
        collectors.stream()
            .max(Comparator.comparingInt(collector -> collector.getMemoryPoolNames().length))
            .orElseThrow();
    pools = poolsOf(full, collectors);
    buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals(DIRECT))
            .toList();
  }

  private static List<MemoryPoolMXBean> poolsOf(
      GarbageCollectorMXBean full, List<GarbageCollectorMXBean> collectors) {
    List<String> names = new ArrayList<>(List.of(full.getMemoryPoolNames()));
    for (GarbageCollectorMXBean collector : collectors) {
      if (collector.getMemoryPoolNames().length < full.getMemoryPoolNames().length) {
        names.removeAll(Arrays.asList(collector.getMemoryPoolNames()));
      }
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && names.contains(pool.getName()))
        .toList();
  }

  @Override
  public long fullCollections() {
    return Math.max(full.getCollectionCount(), 0);
  }

  @Override
  public long liveHeapBytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += usage == null ? 0 : usage.getUsed();
    }
    return bytes;
  }

  @Override
  public long directBytes() {
    return buffers.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
  }
}
