package io.millrace.extension.healthcheck;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.testkit.contract.ExtensionContract;

class HealthCheckExtensionContractTest extends ExtensionContract {
  @Override
  protected Extension create(ComponentContext context) {
    return new HealthCheckExtensionFactory().create(context, HealthCheckExtensionTest.anyPort());
  }
}
