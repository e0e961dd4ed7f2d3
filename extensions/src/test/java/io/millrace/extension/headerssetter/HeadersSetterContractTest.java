package io.millrace.extension.headerssetter;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.testkit.contract.ExtensionContract;
import java.util.Set;

class HeadersSetterContractTest extends ExtensionContract {
  private final HeadersSetterExtensionFactory factory = new HeadersSetterExtensionFactory();

  @Override
  protected Extension create(ComponentContext context) {
    return factory.create(context, config());
  }

  @Override
  protected Set<Class<? extends Extension>> kinds() {
    return factory.kinds(config());
  }

  private HeadersSetterConfig config() {
    try {
      return ConfigLoader.loadComponent(factory, "headers: [{key: a, value: b}]");
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
