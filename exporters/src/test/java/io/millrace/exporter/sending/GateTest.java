package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
  private static Gate afterFailures(int slots, int failures) {
    Gate gate = new Gate(slots);
    for (int i = 0; i < failures; i++) {
      gate.failed();
    }
    return gate;
  }

  @Test
  void keepsEverySlotWhileSomeAttemptsSucceed() {
    Gate gate = afterFailures(10, 19);
    gate.answered();
    for (int i = 0; i < 19; i++) {
      gate.failed();
    }

    assertThat(gate.isDown()).isFalse();
    assertThat(gate.openSlots()).isEqualTo(10);
  }

  @Test
  void leavesOneSlotAfterTwoRoundsOfFailures() {
    assertThat(afterFailures(10, 20).isDown()).isTrue();
    assertThat(afterFailures(10, 20).openSlots()).isOne();
    assertThat(afterFailures(2, 9).isDown()).isFalse();
    assertThat(afterFailures(2, 10).isDown()).isTrue();
  }

  @Test
  void doublesTheSlotsWithEverySuccessAfterAnOutage() {
    Gate gate = afterFailures(10, 500);
    int[] open = new int[5];
    for (int i = 0; i < open.length; i++) {
      gate.answered();
      open[i] = gate.openSlots();
    }

    assertThat(open).containsExactly(2, 4, 8, 10, 10);
  }

  @Test
  void takesTheFirstFailureForAnOutageWithOneSlot() {
    assertThat(afterFailures(1, 1).isDown()).isTrue();
  }
}
