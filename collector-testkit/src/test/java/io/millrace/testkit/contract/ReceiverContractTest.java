package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Door;
import io.millrace.testkit.contract.BrokenReceivers.InProcess;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT) // they mostly wait
final class ReceiverContractTest {
  static final class Correct extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door);
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(20);
    }
  }

  static Stream<Class<?>> broken() {
    return KitRun.kits(BrokenReceivers.class, ReceiverContract.class)
        .filter(kit -> !kit.equals(InProcess.class));
  }

  @Test
  void passesAReceiverThatKeepsTheContract() {
    assertThat(KitRun.failures(Correct.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void failsAReceiverThatBreaksIt(Class<?> kit) {
    KitRun.assertFailsAsAnnotated(kit);
  }

  @Test
  void hasNoTestThatCannotFail() {
    KitRun.assertEveryTestCanFail(ReceiverContract.class, broken());
  }
}
