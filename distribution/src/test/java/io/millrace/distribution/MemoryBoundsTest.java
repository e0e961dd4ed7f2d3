package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigProblem;
import io.millrace.config.Position;
import io.millrace.config.ProcessMemory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sizes in the configuration that are beyond what the process has, found where they stand. */
class MemoryBoundsTest {
  private static final long MIB = 1 << 20;

  /** 1000 MiB of heap, of which 400 are the budget, and 200 of direct memory in 1100. */
  private static final ProcessMemory MEMORY = new ProcessMemory(1000 * MIB, 200 * MIB, 1100 * MIB);

  private static CollectorConfig load(long limiter, long tailSampling, long queue, long service)
      throws ConfigException {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: }}}
        processors:
          memory_limiter: {check_interval: 1s, limit_mib: %d}
          tail_sampling: {max_memory_mib: %d, policies: [{name: all, type: always_sample}]}
        exporters:
          otlp_grpc:
            endpoint: localhost:1
            sending_queue: {max_bytes: %d}
        service:
          limit_mib: %d
          pipelines:
            traces:
              receivers: [otlp]
              processors: [memory_limiter, tail_sampling]
              exporters: [otlp_grpc]
        """
            .formatted(limiter, tailSampling, queue, service);
    return ConfigLoader.load(
        List.of("env:C"), List.of(), Map.of("C", yaml), Components.ALL, MEMORY);
  }

  private static String head(ConfigProblem problem) {
    Position position = Objects.requireNonNull(problem.position());
    return position + ": " + problem.path() + ": " + problem.message();
  }

  @Test
  void whatFitsIsFine() throws Exception {
    assertThat(load(1100, 300, 300 * MIB, 300).warnings()).isEmpty();
  }

  @Test
  void whatTheProcessCannotHoldIsRefusedWhereItStands() {
    List<ConfigProblem> problems =
        catchThrowableOfType(ConfigException.class, () -> load(1201, 401, 1, 401)).problems();

    assertThat(problems)
        .extracting(MemoryBoundsTest::head)
        .containsExactly(
            "env:C:3:40: processors.memory_limiter.limit_mib: invalid value 1201",
            "env:C:4:19: processors.tail_sampling.max_memory_mib: invalid value 401",
            "env:C:10:3: service.limit_mib: invalid value 401");
    assertThat(problems.getFirst().expected()).startsWith("<= 1200, heap and direct memory");
    assertThat(problems.get(1).expected()).isEqualTo("<= 400, the budget of the process");
    assertThat(problems.getLast().expected()).startsWith("<= 400, which is 40 % of the heap");
  }

  @Test
  void aServiceLimitBoundsWhatComponentsMayHold() {
    assertThat(catchThrowableOfType(ConfigException.class, () -> load(100, 201, 1, 200)).problems())
        .extracting(MemoryBoundsTest::head)
        .containsExactly("env:C:4:19: processors.tail_sampling.max_memory_mib: invalid value 201");
  }

  @Test
  void whatIsBeyondTheContainerOrTheBudgetIsWarnedOf() throws Exception {
    assertThat(load(1101, 300, 401 * MIB, 400).warnings())
        .extracting(MemoryBoundsTest::head)
        .containsExactly(
            "env:C:3:40: processors.memory_limiter.limit_mib: is more than the 1100 MiB of this"
                + " container or machine, which ends the process first",
            "env:C:8:21: exporters.otlp_grpc.sending_queue.max_bytes: is never reached: the process"
                + " holds at most 400 MiB of telemetry");
  }
}
