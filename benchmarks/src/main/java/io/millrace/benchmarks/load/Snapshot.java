package io.millrace.benchmarks.load;

import java.io.IOException;

/**
 * The meters at one moment; two of them make a measurement. Immutable.
 *
 * @param cpu of the contestant
 * @param allocatedBytes by all threads of the contestant since it started
 * @param items that have got through
 * @param driverTicks of this process
 * @param busyTicks of the whole machine
 */
record Snapshot(
    long nanos,
    CpuTicks cpu,
    long allocatedBytes,
    long items,
    long driverTicks,
    long busyTicks,
    long stolenTicks) {
  static Snapshot take(ContestantProcess contestant, long items) throws IOException {
    long allocatedBytes = contestant.allocatedBytes();
    return new Snapshot(
        System.nanoTime(),
        CpuTicks.ofProcess(contestant.pid()),
        allocatedBytes,
        items,
        CpuTicks.ofProcess(ProcessHandle.current().pid()).total(),
        CpuTicks.machineBusy(),
        CpuTicks.machineStolen());
  }
}
