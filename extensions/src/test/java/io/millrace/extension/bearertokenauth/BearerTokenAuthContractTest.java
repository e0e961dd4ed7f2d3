package io.millrace.extension.bearertokenauth;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.testkit.contract.ExtensionContract;
import java.util.Set;

class BearerTokenAuthContractTest extends ExtensionContract {
  private final BearerTokenAuthExtensionFactory factory = new BearerTokenAuthExtensionFactory();

  @Override
  protected Extension create(ComponentContext context) {
    return factory.create(context, config());
  }

  @Override
  protected Set<Class<? extends Extension>> kinds() {
    return factory.kinds(config());
  }

  private BearerTokenAuthConfig config() {
    try {
      return ConfigLoader.loadComponent(factory, "token: a");
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
