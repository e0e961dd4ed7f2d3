package io.millrace.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory the process may use at most: the limit of its cgroup, version 2 or 1, else all of
 * the machine's.
 *
 * <pre>
 *   /proc/self/cgroup        0::/a/b            2: the path below /sys/fs/cgroup
 *                            4:memory:/a/b      1: the path below /sys/fs/cgroup/memory
 *   …/memory.max             max | bytes
 *   …/memory.limit_in_bytes  bytes, of which a number beyond any machine means no limit
 * </pre>
 *
 * <p>The limits of all groups up to the root hold, so the lowest counts. In a container the path is
 * often that of the host and leads nowhere; its own group is then the root. Stateless.
 */
final class AvailableMemory {
  private static final long KIB = 1024;
  private static final long UNLIMITED = 1L << 50;

  private AvailableMemory() {}

  /**
   * Returns bytes.
   *
   * @param root of the file system, another one in tests
   * @param machineBytes what the machine has, where {@code /proc/meminfo} does not tell
   */
  static long bytes(Path root, long machineBytes) {
    long bytes = machineBytes(root, machineBytes);
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        bytes = lowest(root.resolve("sys/fs/cgroup"), parts[2], "memory.max", bytes);
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
        bytes =
            lowest(root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes", bytes);
      }
    }
    return bytes;
  }

  private static long lowest(Path mount, String group, String file, long machineBytes) {
    long bytes = machineBytes;
    Path base = mount.normalize();
    Path folder = base.resolve(group.replaceFirst("^/+", "")).normalize();
    while (folder != null && folder.startsWith(base)) {
      bytes = Math.min(bytes, limit(folder.resolve(file)));
      folder = folder.getParent();
    }
    return bytes;
  }

  private static long limit(Path file) {
    for (String line : lines(file)) {
      if (line.strip().matches("[0-9]{1,18}")) {
        long bytes = Long.parseLong(line.strip());
        return bytes > 0 && bytes < UNLIMITED ? bytes : Long.MAX_VALUE;
      }
    }
    return Long.MAX_VALUE;
  }

  private static long machineBytes(Path root, long otherwise) {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.matches("MemTotal: +[0-9]{1,15} kB"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
        .findFirst()
        .orElse(otherwise);
  }

  /** Returns nothing where the file does not exist or cannot be read. */
  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException _) { // not for us to read: as if there were no limit
      return List.of();
    }
  }
}
