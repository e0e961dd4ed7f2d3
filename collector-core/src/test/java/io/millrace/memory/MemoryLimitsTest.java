package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitsTest {
  private static final long MIB = 1 << 20;
  private static final long MACHINE = 8000 * MIB;

  @TempDir Path root;

  private static MemoryLimits limits(String yaml, long jvmMib, long availableMib)
      throws ConfigException {
    MemoryLimiterConfig config =
        ConfigLoader.loadRecord(
            MemoryLimiterConfig.DEFAULT,
            new ConfigSource("yaml:", "{check_interval: 1s, " + yaml + "}"));
    return MemoryLimits.of(config, jvmMib * MIB, availableMib * MIB);
  }

  @Test
  void refusalBeginsAtTheLimitLessTheSpike() throws ConfigException {
    assertThat(limits("limit_mib: 400, spike_limit_mib: 100", 500, 900))
        .isEqualTo(new MemoryLimits(300 * MIB, 400 * MIB));
    assertThat(limits("limit_mib: 400", 500, 900))
        .isEqualTo(new MemoryLimits(320 * MIB, 400 * MIB));
    assertThat(limits("limit_percentage: 50, spike_limit_percentage: 30", 900, 1000))
        .isEqualTo(
            new MemoryLimits(
                limits("limit_percentage: 50", 900, 1000).hardBytes() - 1000 * MIB / 100 * 30,
                1000 * MIB / 100 * 50));
  }

  @Test
  void aFixedLimitGoesBeforeAPercentage() throws ConfigException {
    assertThat(limits("limit_mib: 400, limit_percentage: 10", 500, 900).hardBytes())
        .isEqualTo(400 * MIB);
  }

  @Test
  void aLimitThatTheJvmCannotHoldStopsTheStartWithTheNumbers() {
    assertThatThrownBy(() -> limits("limit_mib: 501", 500, 900))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit_mib: 501")
        .hasMessageContaining("<= 500")
        .hasMessageContaining("MILLRACE_HEAP_MIB");
  }

  @Test
  void aPercentageThatTheJvmCannotHoldIsWhatTheJvmCanHold() throws ConfigException {
    assertThat(limits("limit_percentage: 80, spike_limit_percentage: 25", 750, 1000))
        .isEqualTo(new MemoryLimits(750 * MIB - 750 * MIB / 80 * 25, 750 * MIB));
  }

  @Test
  void aPercentageOfALargeMachineLeavesRoomInASmallJvm() throws ConfigException {
    MemoryLimits limits = limits("limit_percentage: 80, spike_limit_percentage: 25", 4000, 64_000);

    assertThat(limits.hardBytes()).isEqualTo(4000 * MIB);
    assertThat(limits.softBytes()).isGreaterThan(2700 * MIB);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private long availableMib() {
    return AvailableMemory.bytes(root, MACHINE) / MIB;
  }

  @Test
  void readsTheLowestLimitOfTheGroupsOfVersion2() throws IOException {
    write("proc/self/cgroup", "0::/pod/container\n");
    write("sys/fs/cgroup/pod/container/memory.max", "max\n");
    write("sys/fs/cgroup/pod/memory.max", "536870912\n");
    assertThat(availableMib()).isEqualTo(512);
    write("sys/fs/cgroup/pod/container/memory.max", "268435456\n");
    assertThat(availableMib()).isEqualTo(256);
  }

  @Test
  void readsVersion2FromTheContainersRootWhenThePathIsTheHosts() throws IOException {
    write("proc/self/cgroup", "0::/kubepods/pod1/c1\n");
    write("sys/fs/cgroup/memory.max", "1073741824\n");
    assertThat(availableMib()).isEqualTo(1024);
  }

  @Test
  void readsVersion1() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "134217728\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(availableMib()).isEqualTo(128);
  }

  @Test
  void fallsBackToTheMachine() throws IOException {
    assertThat(availableMib()).isEqualTo(8000);
    write("proc/self/cgroup", "0::/\n4:memory:/\n");
    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(availableMib()).isEqualTo(8000);
    write("proc/meminfo", "MemTotal:        2048000 kB\nMemFree: 1 kB\n");
    assertThat(availableMib()).isEqualTo(2000);
  }

  @Test
  void doesNotLeaveTheGroupsOrStumbleOverNonsense() throws IOException {
    write("proc/self/cgroup", "0::/../../etc\nx\n9:memory\n");
    write("etc/memory.max", "1\n");
    write("sys/fs/cgroup/memory.max", "much\n");
    assertThat(availableMib()).isEqualTo(8000);
  }
}
