package io.millrace.extension.pprof;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.testkit.contract.ExtensionContract;

class PprofExtensionContractTest extends ExtensionContract {
  @Override
  protected Extension create(ComponentContext context) {
    return new PprofExtensionFactory().create(context, PprofExtensionTest.config(""));
  }
}
