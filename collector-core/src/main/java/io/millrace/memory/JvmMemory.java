package io.millrace.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.millrace.config.ProcessMemory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** What this process may use at most. Stateless. */
public final class JvmMemory {
  private JvmMemory() {}

  /** Reads the JVM's bounds and those of the container or machine. */
  public static ProcessMemory read() {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long heap = Runtime.getRuntime().maxMemory();
    return new ProcessMemory(heap, direct(heap), AvailableMemory.bytes(Path.of("/"), machine));
  }

  /** Direct memory may grow as large as the heap unless the JVM was told otherwise. */
  private static long direct(long heap) {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long direct = Long.parseLong(options.getVMOption("MaxDirectMemorySize").getValue());
    return direct == 0 ? heap : direct;
  }
}
