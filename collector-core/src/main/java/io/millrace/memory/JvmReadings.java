package io.millrace.memory;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Reads this JVM. Heap in use would count garbage, so only what a full collection left counts: the
 * pools of the collector of the most pools that are not of the young generation. A young collection
 * of Serial or Parallel, which the launcher chooses, says nothing of them.
 *
 * <p>The JVM tells of a collection when it is over. What was accounted for is noted there and then:
 * minutes later, when somebody asks, it may have been delivered, and would be missing from what can
 * be explained. Thread safe.
 */
public final class JvmReadings implements MemoryReadings {
  private static final String DIRECT = "direct";
  private static final Pattern YOUNG = Pattern.compile("Eden|Survivor");

  /** G1 has two that look after every pool, of which one is named so. */
  private static final Comparator<GarbageCollectorMXBean> FULLEST =
      Comparator.<GarbageCollectorMXBean>comparingInt(
              collector -> collector.getMemoryPoolNames().length)
          .thenComparing(collector -> collector.getName().contains("Old"));

  private final GarbageCollectorMXBean full;
  private final List<MemoryPoolMXBean> pools;
  private final List<BufferPoolMXBean> buffers;
  private final LongSupplier accountedBytes;
  private volatile Collection last = Collection.NONE;

  private JvmReadings(LongSupplier accountedBytes) {
    this.accountedBytes = accountedBytes;
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    full = collectors.stream().max(FULLEST).orElseThrow();
    pools = poolsOf(full);
    buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals(DIRECT))
            .toList();
  }

  /**
   * Returns readings that see collections from now on.
   *
   * @param accountedBytes of telemetry that the process holds
   */
  public static JvmReadings watching(LongSupplier accountedBytes) {
    JvmReadings readings = new JvmReadings(accountedBytes);
    if (readings.full instanceof NotificationEmitter emitter) {
      emitter.addNotificationListener(
          new Watch(new WeakReference<>(readings), emitter), null, null);
    }
    return readings;
  }

  /** Does not keep the readings alive, and goes when they have gone. */
  private record Watch(WeakReference<JvmReadings> readings, NotificationEmitter emitter)
      implements NotificationListener {
    @Override
    public void handleNotification(Notification notification, Object handback) {
      JvmReadings alive = readings.get();
      if (alive != null) {
        alive.collected();
        return;
      }
      try {
        emitter.removeNotificationListener(this);
      } catch (ListenerNotFoundException _) { // gone already, which is what was wanted
      }
    }
  }

  private void collected() {
    long accounted = accountedBytes.getAsLong();
    last = new Collection(full.getCollectionCount(), liveHeapBytes(), accounted);
  }

  private static List<MemoryPoolMXBean> poolsOf(GarbageCollectorMXBean full) {
    List<String> names = List.of(full.getMemoryPoolNames());
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && names.contains(pool.getName()))
        .filter(pool -> !YOUNG.matcher(pool.getName()).find())
        .toList();
  }

  @Override
  public Collection lastCollection() {
    return last;
  }

  private long liveHeapBytes() {
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
