package io.millrace.processor.batch;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ProcessorContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The kit's batches have ten items each, so that each of these settings does something else. */
class BatchProcessorContractTest {
  @Nested
  final class ByDefault extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return BatchProcessorContractTest.create(context, BatchProcessorConfig.DEFAULT, signal, next);
    }
  }

  @Nested
  final class JoiningAndCutting extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      Duration second = Duration.ofSeconds(1);
      var config = new BatchProcessorConfig(second, 13, 17, List.of("tenant"), 10);
      return BatchProcessorContractTest.create(context, config, signal, next);
    }
  }

  @Nested
  final class CuttingOnly extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      var config = new BatchProcessorConfig(Duration.ZERO, 0, 3, List.of(), 0);
      return BatchProcessorContractTest.create(context, config, signal, next);
    }
  }

  private static Processor create(
      ComponentContext context, BatchProcessorConfig config, Signal signal, Consumer next) {
    return new BatchProcessorFactory().create(context, config, signal, next);
  }
}
