package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.component.ClientAuthenticator;
import io.millrace.config.Secret;
import io.millrace.extension.basicauth.BasicAuthConfig.ClientAuth;
import io.millrace.extension.credentials.Credential;
import io.millrace.pdata.RequestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/** Sends user name and password with every request. Thread safe. */
final class BasicAuthClient implements ClientAuthenticator {
  private final Credential username;
  private final Credential password;

  /** Creates it; files are read every {@code interval}. */
  BasicAuthClient(ClientAuth config, Duration interval) {
    username = Credential.of(new Secret(config.username()), config.usernameFile(), interval);
    password = Credential.of(config.password(), config.passwordFile(), interval);
  }

  @Override
  public void start() throws IOException {
    username.start();
    password.start();
  }

  @Override
  public void shutdown() {
    username.shutdown();
    password.shutdown();
  }

  @Override
  public void authenticate(RequestContext context, Consumer<Credentials> result) {
    byte[] login = (username.text() + ":" + password.text()).getBytes(UTF_8);
    String value = "Basic " + Base64.getEncoder().encodeToString(login);
    result.accept(new Credentials.Headers(Map.of("authorization", value)));
  }
}
