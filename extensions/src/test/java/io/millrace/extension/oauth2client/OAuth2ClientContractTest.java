package io.millrace.extension.oauth2client;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.testkit.contract.ExtensionContract;
import java.util.Set;

class OAuth2ClientContractTest extends ExtensionContract {
  private final OAuth2ClientExtensionFactory factory = new OAuth2ClientExtensionFactory();

  @Override
  protected Extension create(ComponentContext context) {
    return factory.create(context, config());
  }

  @Override
  protected Set<Class<? extends Extension>> kinds() {
    return factory.kinds(config());
  }

  private OAuth2ClientConfig config() {
    try {
      return ConfigLoader.loadComponent(
          factory, "{client_id: a, client_secret: b, token_url: 'http://localhost:1/token'}");
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
