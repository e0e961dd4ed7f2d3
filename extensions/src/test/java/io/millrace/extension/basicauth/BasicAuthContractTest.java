package io.millrace.extension.basicauth;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.testkit.contract.ExtensionContract;
import java.util.Set;
import org.junit.jupiter.api.Nested;

class BasicAuthContractTest {
  private static final BasicAuthExtensionFactory FACTORY = new BasicAuthExtensionFactory();

  @Nested
  class Server extends ExtensionContract {
    @Override
    protected Extension create(ComponentContext context) {
      return FACTORY.create(context, server());
    }

    @Override
    protected Set<Class<? extends Extension>> kinds() {
      return FACTORY.kinds(server());
    }

    private BasicAuthConfig server() {
      return load("htpasswd: {inline: 'a:b'}");
    }
  }

  @Nested
  class Client extends ExtensionContract {
    @Override
    protected Extension create(ComponentContext context) {
      return FACTORY.create(context, client());
    }

    @Override
    protected Set<Class<? extends Extension>> kinds() {
      return FACTORY.kinds(client());
    }

    private BasicAuthConfig client() {
      return load("client_auth: {username: a, password: b}");
    }
  }

  private static BasicAuthConfig load(String yaml) {
    try {
      return ConfigLoader.loadComponent(FACTORY, yaml);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
