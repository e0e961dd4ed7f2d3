package io.millrace.extension.bearertokenauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.ServerAuthenticator.Authentication;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.pdata.RequestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenAuthTest {
  private static final Authentication WRONG =
      new Authentication.Refused("provided authorization does not match expected scheme or token");

  @TempDir Path folder;

  private static BearerTokenAuthConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new BearerTokenAuthExtensionFactory(), yaml);
  }

  private static BearerTokenAuth start(String yaml) throws Exception {
    BearerTokenAuth auth = new BearerTokenAuth(load(yaml), Duration.ofMillis(5));
    auth.start();
    return auth;
  }

  private static Credentials sent(BearerTokenAuth auth) {
    List<Credentials> found = new ArrayList<>();
    auth.authenticate(RequestContext.EMPTY, found::add);
    return found.getFirst();
  }

  private static Authentication ask(BearerTokenAuth auth, String header, String... values) {
    List<Authentication> found = new ArrayList<>();
    auth.authenticate(Map.of(header, List.of(values)), found::add);
    return found.getFirst();
  }

  private static Credentials header(String name, String value) {
    return new Credentials.Headers(Map.of(name, value));
  }

  @Test
  void bindsEveryKey() throws Exception {
    assertThat(load("{header: X-Key, scheme: Token, tokens: [a, b], filename: f}"))
        .isEqualTo(
            new BearerTokenAuthConfig(
                "X-Key", "Token", new Secret(""), List.of(new Secret("a"), new Secret("b")), "f"));
    assertThatThrownBy(() -> load("{}")).hasMessageContaining("token: missing");
    assertThatThrownBy(() -> load("{token: a, tokens: [b]}")).hasMessageContaining("tokens");
    assertThatThrownBy(() -> load("{token: a, header: 'a b'}")).hasMessageContaining("header");
  }

  @Test
  void sendsTheFirstTokenAndTakesAll() throws Exception {
    BearerTokenAuth auth = start("tokens: [one, two]");

    assertThat(sent(auth)).isEqualTo(header("authorization", "Bearer one"));
    assertThat(ask(auth, "authorization", "Bearer one"))
        .isEqualTo(new Authentication.Passed(Map.of()));
    assertThat(ask(auth, "authorization", "Bearer two"))
        .isEqualTo(new Authentication.Passed(Map.of()));
    assertThat(ask(auth, "authorization", "Bearer three")).isEqualTo(WRONG);
    assertThat(ask(auth, "authorization", "two")).isEqualTo(WRONG);
    assertThat(ask(auth, "x-other", "Bearer one"))
        .isEqualTo(
            new Authentication.Refused("missing or empty authorization header: authorization"));
  }

  @Test
  void hasAHeaderAndASchemeOfItsOwn() throws Exception {
    BearerTokenAuth auth = start("{token: one, header: X-API-Key, scheme: ''}");

    assertThat(sent(auth)).isEqualTo(header("x-api-key", "one"));
    assertThat(ask(auth, "x-api-key", "one")).isEqualTo(new Authentication.Passed(Map.of()));
  }

  @Test
  void followsItsFile() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n\n two \n");
    BearerTokenAuth auth = start("{token: ignored, filename: " + file + "}");
    assertThat(sent(auth)).isEqualTo(header("authorization", "Bearer one"));
    assertThat(ask(auth, "authorization", "Bearer two"))
        .isEqualTo(new Authentication.Passed(Map.of()));

    Files.writeString(file, "three");
    await().until(() -> sent(auth).equals(header("authorization", "Bearer three")));
    assertThat(ask(auth, "authorization", "Bearer one")).isEqualTo(WRONG);
    auth.shutdown();
  }

  /** Guarantees: an empty line or file lets nobody in who sends the scheme alone. */
  @Test
  void anEmptyFileIsNoToken() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "\n");
    BearerTokenAuth auth = start("filename: " + file);

    assertThat(ask(auth, "authorization", "Bearer ")).isEqualTo(WRONG);
    assertThat(sent(auth)).isInstanceOf(Credentials.Unavailable.class);
    auth.shutdown();
  }
}
