package io.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processor time as Linux counts it, in ticks of 10 ms.
 *
 * <p>Source: proc(5), {@code /proc/pid/stat} fields 14 and 15 and the first line of {@code
 * /proc/stat}. Immutable.
 *
 * @param user in the program itself
 * @param system in the kernel on its behalf
 */
record CpuTicks(long user, long system) {
  /** What the kernel reports in, on every architecture. */
  static final int PER_SECOND = 100;

  /** Counted from the first number behind name and state. */
  private static final int UTIME = 10;

  private static final int MACHINE_IDLE = 3;
  private static final int MACHINE_IOWAIT = 4;
  private static final int MACHINE_STEAL = 7;

  /** Returns what the process and its threads have used since they started. */
  static CpuTicks ofProcess(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name, in parentheses, may hold blanks and parentheses of its own.
    long[] fields = numbers(stat.substring(stat.lastIndexOf(')') + " S ".length()));
    return new CpuTicks(fields[UTIME], fields[UTIME + 1]);
  }

  /** Returns the ticks in which any core of the machine was busy, stolen ones apart. */
  static long machineBusy() throws IOException {
    long[] fields = machine();
    long busy = 0;
    for (int i = 0; i < MACHINE_STEAL; i++) {
      busy += i == MACHINE_IDLE || i == MACHINE_IOWAIT ? 0 : fields[i];
    }
    return busy;
  }

  /** Returns the ticks that the hypervisor gave to somebody else while a core had work. */
  static long machineStolen() throws IOException {
    return machine()[MACHINE_STEAL];
  }

  private static long[] machine() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return numbers(lines.findFirst().orElseThrow().substring("cpu".length()));
    }
  }

  /** Reads no further than needed: later numbers exceed a long. */
  private static long[] numbers(String line) {
    return Pattern.compile(" ")
        .splitAsStream(line.strip())
        .limit(UTIME + 2)
        .mapToLong(Long::parseLong)
        .toArray();
  }

  long total() {
    return user + system;
  }
}
