package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT) // they mostly wait
final class ProcessorContractTest {
  static Stream<Class<?>> good() {
    return KitRun.kits(GoodProcessors.class, ProcessorContract.class);
  }

  static Stream<Class<?>> broken() {
    return KitRun.kits(BrokenProcessors.class, ProcessorContract.class);
  }

  @ParameterizedTest
  @MethodSource("good")
  void passesAProcessorThatKeepsTheContract(Class<?> kit) {
    assertThat(KitRun.failures(kit)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void failsAProcessorThatBreaksIt(Class<?> kit) {
    KitRun.assertFailsAsAnnotated(kit);
  }

  /** Has a timer that shutdown does not stop; what else that breaks depends on who looks when. */
  static final class LeavesItsTimerRunning extends ProcessorContract {
    private static final ScheduledExecutorService TIMER =
        Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void stop() {
      TIMER.shutdownNow();
    }

    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Processor() {
        @Override
        public void consume(OtlpBatch batch) {
          next.consume(batch);
        }

        @Override
        public void shutdown() {
          Runnable late = () -> next.consume(OtlpSamples.batch(signal, 1));
          TIMER.scheduleAtFixedRate(late, 5, 5, TimeUnit.MILLISECONDS);
        }
      };
    }
  }

  @Test
  void failsAProcessorThatLeavesItsTimerRunning() {
    assertThat(KitRun.failures(LeavesItsTimerRunning.class))
        .contains("passesNothingOnAfterShutdown");
  }

  @Test
  void hasNoTestThatCannotFail() {
    KitRun.assertEveryTestCanFail(ProcessorContract.class, broken());
  }
}
