package io.millrace.extension.bearertokenauth;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ServerAuthenticator;
import io.millrace.extension.credentials.Credential;
import java.util.Set;

/** Makes {@code bearertokenauth} extensions. Thread safe. */
public final class BearerTokenAuthExtensionFactory
    implements ExtensionFactory<BearerTokenAuthConfig> {
  @Override
  public String type() {
    return "bearertokenauth";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("bearer_token_auth");
  }

  @Override
  public BearerTokenAuthConfig defaultConfig() {
    return BearerTokenAuthConfig.DEFAULT;
  }

  @Override
  public Set<Class<? extends Extension>> kinds(BearerTokenAuthConfig config) {
    return Set.of(ClientAuthenticator.class, ServerAuthenticator.class);
  }

  @Override
  public Extension create(ComponentContext context, BearerTokenAuthConfig config) {
    return new BearerTokenAuth(config, Credential.INTERVAL);
  }
}
