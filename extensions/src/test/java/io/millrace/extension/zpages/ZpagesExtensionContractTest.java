package io.millrace.extension.zpages;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.testkit.contract.ExtensionContract;

class ZpagesExtensionContractTest extends ExtensionContract {
  @Override
  protected Extension create(ComponentContext context) {
    return new ZpagesExtensionFactory().create(context, ZpagesExtensionTest.anyPort());
  }
}
