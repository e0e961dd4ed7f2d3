package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.ServerAuthenticator;
import io.millrace.component.ServerAuthenticator.Authentication;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.extension.basicauth.BasicAuthConfig.ClientAuth;
import io.millrace.extension.basicauth.BasicAuthConfig.Htpasswd;
import io.millrace.pdata.RequestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicAuthTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);
  private static final String BCRYPT =
      "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a"; // secret

  private final List<BasicAuthServer> servers = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void shutDown() {
    servers.forEach(BasicAuthServer::shutdown);
  }

  private BasicAuthServer server(String file, String inline) throws Exception {
    BasicAuthServer server =
        new BasicAuthServer("basicauth", new Htpasswd(file, new Secret(inline)), INTERVAL);
    server.start();
    servers.add(server);
    return server;
  }

  private static Map<String, List<String>> header(String value) {
    return Map.of("authorization", List.of(value));
  }

  /** At cost 12. */
  private static final String SLOW = "$2b$12$fRMeY6HSD366HE3AySmO8OKeNlP.v8dEYPfSk3Rmznr6y5Tgw5Co.";

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }

  private static Authentication ask(BasicAuthServer server, Map<String, List<String>> headers)
      throws Exception {
    CompletableFuture<Authentication> result = new CompletableFuture<>();
    server.authenticate(headers, result::complete);
    return result.get(20, TimeUnit.SECONDS);
  }

  @Test
  void knowsSendersByTheirPassword() throws Exception {
    BasicAuthServer server = server("", "# team\na:" + BCRYPT + "\nb:plain");

    assertThat(ask(server, header(basic("a:secret"))))
        .isEqualTo(
            new Authentication.Passed(
                Map.of("username", "a", "raw", basic("a:secret").substring(6))));
    assertThat(ask(server, header(basic("b:plain")))).isInstanceOf(Authentication.Passed.class);
    assertThat(ask(server, header(basic("a:plain"))))
        .isEqualTo(new Authentication.Refused("invalid credentials"));
    assertThat(ask(server, header(basic("c:secret"))))
        .isEqualTo(new Authentication.Refused("invalid credentials"));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer x, invalid authorization scheme prefix",
    "Basic !, invalid authorization format",
    "Basic YQ==, invalid authorization format",
    "'', no basic auth provided"
  })
  void saysWhatIsWrongWithAHeader(String value, String reason) throws Exception {
    assertThat(ask(server("", "a:b"), header(value))).isEqualTo(new Authentication.Refused(reason));
  }

  @Test
  void refusesWhoSendsNoHeader() throws Exception {
    assertThat(ask(server("", "a:b"), Map.of()))
        .isEqualTo(new Authentication.Refused("no basic auth provided"));
  }

  @Test
  void answersAtOnceWhoHasPassedBefore() throws Exception {
    BasicAuthServer server = server("", "a:" + BCRYPT);
    ask(server, header(basic("a:secret")));
    List<Authentication> atOnce = new ArrayList<>();

    server.authenticate(header(basic("a:secret")), atOnce::add);

    assertThat(atOnce).singleElement().isInstanceOf(Authentication.Passed.class);
  }

  /** Scenario: somebody tries passwords. Guarantees: he waits in a line with an end. */
  @Test
  void asksSendersToComeBackWhenTooManyWait() throws Exception {
    BasicAuthServer server = server("", "a:" + SLOW);
    List<Authentication> results = new CopyOnWriteArrayList<>();

    for (int i = 0; i < 100; i++) {
      server.authenticate(header(basic("a:" + i)), results::add);
    }

    assertThat(results).contains(new Authentication.Overloaded());
    assertThat(results).filteredOn(Authentication.Passed.class::isInstance).isEmpty();
  }

  /** Scenario: a sender keeps its old password. Guarantees: it costs the slow way once. */
  @Test
  void remembersWhatWasWrongUntilItsHashChanges() throws Exception {
    BasicAuthServer server = server("", "a:" + BCRYPT);
    ask(server, header(basic("a:old")));
    List<Authentication> atOnce = new ArrayList<>();

    server.authenticate(header(basic("a:old")), atOnce::add);

    assertThat(atOnce).containsExactly(new Authentication.Refused("invalid credentials"));
    assertThat(ask(server, header(basic("a:secret")))).isInstanceOf(Authentication.Passed.class);
  }

  /** Guarantees: many requests of one sender whose password is not known yet are one comparison. */
  @Test
  void comparesOncePerLoginHoweverManyWait() throws Exception {
    BasicAuthServer server = server("", "a:" + BCRYPT);
    List<Authentication> results = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 200; i++) {
      server.authenticate(header(basic("a:secret")), results::add);
    }

    await().until(() -> results.size() == 200);
    assertThat(results).hasOnlyElementsOfType(Authentication.Passed.class);
  }

  /** Guarantees: nobody waits for ever, and nothing is kept for those who wait. */
  @Test
  void tellsAllWhoWaitAtShutdown() throws Exception {
    BasicAuthServer server = server("", "a:" + SLOW);
    List<Authentication> results = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 10; i++) {
      server.authenticate(header(basic("a:" + i)), results::add);
    }
    server.shutdown();

    assertThat(results).hasSize(10);
    server.authenticate(header(basic("a:x")), results::add);
    assertThat(results).last().isEqualTo(new Authentication.Overloaded());
  }

  @Test
  void readsItsFileAgainAndGoesByTheInlineLineOfAUser() throws Exception {
    Path file = Files.writeString(folder.resolve("htpasswd"), "a:one\nb:one");
    BasicAuthServer server = server(file.toString(), "b:two");
    assertThat(ask(server, header(basic("a:one")))).isInstanceOf(Authentication.Passed.class);
    assertThat(ask(server, header(basic("b:one")))).isInstanceOf(Authentication.Refused.class);
    assertThat(ask(server, header(basic("b:two")))).isInstanceOf(Authentication.Passed.class);

    Files.writeString(file, "a:three");
    await().until(() -> ask(server, header(basic("a:three"))) instanceof Authentication.Passed);
    assertThat(ask(server, header(basic("a:one")))).isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void logsInWithNameAndPasswordAndFollowsTheirFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "one\n");
    BasicAuthClient client =
        new BasicAuthClient(
            new ClientAuth("a", "", new Secret("ignored"), file.toString()), INTERVAL);
    client.start();
    assertThat(headers(client)).isEqualTo(Map.of("authorization", basic("a:one")));

    Files.writeString(file, "two");
    await().until(() -> headers(client).containsValue(basic("a:two")));
    client.shutdown();
  }

  private static Map<String, String> headers(ClientAuthenticator client) {
    List<Credentials> found = new ArrayList<>();
    client.authenticate(RequestContext.EMPTY, found::add);
    return ((Credentials.Headers) found.getFirst()).byName();
  }

  @Test
  void isOnOneSideOnly() throws Exception {
    BasicAuthExtensionFactory factory = new BasicAuthExtensionFactory();

    assertThat(factory.kinds(load("htpasswd: {inline: 'a:b'}")))
        .containsExactly(ServerAuthenticator.class);
    assertThat(factory.kinds(load("client_auth: {username: a, password: b}")))
        .containsExactly(ClientAuthenticator.class);
    assertThatThrownBy(() -> load("{htpasswd: {file: a}, client_auth: {username: a}}"))
        .hasMessageContaining("htpasswd");
    assertThatThrownBy(() -> load("{}")).hasMessageContaining("htpasswd: missing");
    assertThatThrownBy(() -> load("htpasswd: {}")).hasMessageContaining("file: missing");
    assertThatThrownBy(() -> load("client_auth: {password: b}"))
        .hasMessageContaining("username: missing");
    assertThatThrownBy(() -> load("client_auth: {username: 'a:b'}"))
        .hasMessageContaining("username");
  }

  private static BasicAuthConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new BasicAuthExtensionFactory(), yaml);
  }
}
