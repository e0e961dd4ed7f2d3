package io.millrace.extension.oauth2client;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.config.Secret;
import io.millrace.extension.credentials.Credential;
import io.millrace.pdata.RequestContext;
import java.io.IOException;
import java.util.function.Consumer;

/** Sends an access token with every request. Thread safe. */
final class OAuth2Client implements ClientAuthenticator {
  private final Credential clientId;
  private final Credential clientSecret;
  private final TokenEndpoint endpoint;
  private final TokenCache tokens;

  OAuth2Client(ComponentContext context, OAuth2ClientConfig config) {
    clientId = Credential.of(new Secret(config.clientId()), config.clientIdFile());
    clientSecret = Credential.of(config.clientSecret(), config.clientSecretFile());
    endpoint = new TokenEndpoint(config, clientId, clientSecret);
    tokens =
        new TokenCache(
            context.id().toString(), context.clock(), config.expiryBuffer(), endpoint::ask);
  }

  @Override
  public void start() throws IOException {
    clientId.start();
    clientSecret.start();
    endpoint.start();
  }

  @Override
  public void shutdown() {
    clientId.shutdown();
    clientSecret.shutdown();
    endpoint.shutdown();
  }

  @Override
  public void authenticate(RequestContext context, Consumer<Credentials> result) {
    tokens.find(result);
  }

  @Override
  public void refused() {
    tokens.refused();
  }
}
