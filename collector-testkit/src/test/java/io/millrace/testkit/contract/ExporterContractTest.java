package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT) // they mostly wait
final class ExporterContractTest {
  static Stream<Class<?>> broken() {
    return KitRun.kits(BrokenExporters.class, ExporterContract.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {GoodExporters.Discarding.class, GoodExporters.Sending.class})
  void passesAnExporterThatKeepsTheContract(Class<?> kit) {
    assertThat(KitRun.failures(kit)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void failsAnExporterThatBreaksIt(Class<?> kit) {
    KitRun.assertFailsAsAnnotated(kit);
  }

  @Test
  void hasNoTestThatCannotFail() {
    KitRun.assertEveryTestCanFail(ExporterContract.class, broken());
    KitRun.assertEveryTestCanFail(RemoteExporterContract.class, broken());
    KitRun.assertEveryTestCanFail(OtlpExporterContract.class, broken());
  }
}
