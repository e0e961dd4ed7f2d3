package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MIB = 1 << 20;
  private static final long HEAP = 1000 * MIB;

  @Test
  void withoutALimitTheBudgetIsItsShareOfTheHeap() {
    assertThat(MemoryPlan.budgetBytes(null, HEAP)).isEqualTo(400 * MIB);
  }

  @Test
  void aLimitLowersTheBudget() {
    assertThat(MemoryPlan.budgetBytes(100, HEAP)).isEqualTo(100 * MIB);
  }

  @Test
  void aLimitThatTheHeapCannotHoldIsRefusedWithTheNumbers() {
    assertThatThrownBy(() -> MemoryPlan.budgetBytes(401, HEAP))
        .hasMessageContaining("service.limit_mib: 401 (expected: <= 400")
        .hasMessageContaining("heap of 1000 MiB");
  }
}
