package io.millrace.config;

/**
 * What the process may use at most, in bytes. Immutable.
 *
 * @param heapBytes what the heap can grow to
 * @param directBytes what direct memory can grow to
 * @param machineBytes of the container, or of the machine
 * @param budgetBytes of telemetry that the process may hold
 */
public record ProcessMemory(long heapBytes, long directBytes, long machineBytes, long budgetBytes) {
  /** Whatever is configured fits. */
  public static final ProcessMemory UNLIMITED =
      new ProcessMemory(1L << 60, 1L << 60, 1L << 60, 1L << 60);

  /** The rest is for new arrays under way, garbage, and the program itself. */
  public static final int HEAP_PERCENT = 40;

  private static final long MIB = 1 << 20;

  /** With the budget that the heap allows. */
  public ProcessMemory(long heapBytes, long directBytes, long machineBytes) {
    this(heapBytes, directBytes, machineBytes, budgetOf(heapBytes));
  }

  /** Returns how much of a heap may be telemetry. */
  public static long budgetOf(long heapBytes) {
    return heapBytes / 100 * HEAP_PERCENT;
  }

  /** Returns what heap and direct memory can grow to together. */
  public long jvmBytes() {
    return heapBytes + directBytes;
  }

  ProcessMemory withBudgetOf(long mib) {
    return new ProcessMemory(
        heapBytes, directBytes, machineBytes, Math.min(mib * MIB, budgetBytes));
  }

  /** Returns the number as messages show it. */
  public static String mib(long bytes) {
    return bytes / MIB + " MiB";
  }
}
