package io.millrace.extension.memorylimiter;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.memory.MemoryLimiterConfig;
import io.millrace.testkit.contract.ExtensionContract;
import java.util.Set;

class MemoryLimiterExtensionContractTest extends ExtensionContract {
  @Override
  protected Extension create(ComponentContext context) {
    return MemoryLimiterExtensionTest.create(context);
  }

  @Override
  protected Set<Class<? extends Extension>> kinds() {
    return new MemoryLimiterExtensionFactory().kinds(MemoryLimiterConfig.DEFAULT);
  }
}
