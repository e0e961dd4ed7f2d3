package io.millrace.extension.oauth2client;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import java.util.Set;

/** Makes {@code oauth2client} extensions. Thread safe. */
public final class OAuth2ClientExtensionFactory implements ExtensionFactory<OAuth2ClientConfig> {
  @Override
  public String type() {
    return "oauth2client";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("oauth2_client");
  }

  @Override
  public OAuth2ClientConfig defaultConfig() {
    return OAuth2ClientConfig.DEFAULT;
  }

  @Override
  public Set<Class<? extends Extension>> kinds(OAuth2ClientConfig config) {
    return Set.of(ClientAuthenticator.class);
  }

  @Override
  public Extension create(ComponentContext context, OAuth2ClientConfig config) {
    return new OAuth2Client(context, config);
  }
}
