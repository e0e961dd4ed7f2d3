package io.millrace.extension.basicauth;

import static java.util.Objects.requireNonNull;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ServerAuthenticator;
import io.millrace.extension.credentials.Credential;
import java.util.Set;

/** Makes {@code basicauth} extensions. Thread safe. */
public final class BasicAuthExtensionFactory implements ExtensionFactory<BasicAuthConfig> {
  @Override
  public String type() {
    return "basicauth";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("basic_auth");
  }

  @Override
  public BasicAuthConfig defaultConfig() {
    return BasicAuthConfig.DEFAULT;
  }

  @Override
  public Set<Class<? extends Extension>> kinds(BasicAuthConfig config) {
    return Set.of(
        config.clientAuth() != null ? ClientAuthenticator.class : ServerAuthenticator.class);
  }

  @Override
  public Extension create(ComponentContext context, BasicAuthConfig config) {
    return config.clientAuth() != null
        ? new BasicAuthClient(config.clientAuth(), Credential.INTERVAL)
        : new BasicAuthServer(
            context.id().toString(), requireNonNull(config.htpasswd()), Credential.INTERVAL);
  }
}
