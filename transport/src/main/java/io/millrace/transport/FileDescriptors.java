package io.millrace.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the process can hold. Thread safe. */
public final class FileDescriptors {
  private static final int UNKNOWN = 4096;
  private static final int CONNECTIONS_MAX = 32 * 1024;

  private FileDescriptors() {}

  /**
   * Returns a limit on the connections of one listener. Two listeners leave a quarter of the
   * process's file descriptors to exporters and files.
   */
  public static int connectionsMax() {
    return connectionsMax(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : UNKNOWN);
  }

  static int connectionsMax(long fileDescriptorsMax) {
    long share = fileDescriptorsMax / 8 * 3;
    return Math.clamp(share, 1, CONNECTIONS_MAX);
  }
}
