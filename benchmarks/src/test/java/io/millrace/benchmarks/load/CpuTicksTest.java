package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CpuTicksTest {
  @Test
  void countsTheWorkOfTheProcess() throws IOException {
    long pid = ProcessHandle.current().pid();
    long processBefore = CpuTicks.ofProcess(pid).total();
    long machineBefore = CpuTicks.machineBusy();

    byte[] work = new byte[1 << 20];
    CRC32 crc = new CRC32();
    while (CpuTicks.ofProcess(pid).total() < processBefore + 10) {
      crc.update(work);
    }

    assertThat(crc.getValue()).isNotZero();
    assertThat(CpuTicks.machineBusy()).isGreaterThan(machineBefore);
    assertThat(CpuTicks.machineStolen()).isNotNegative();
  }
}
