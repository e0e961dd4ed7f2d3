package io.millrace.extension.oauth2client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.pdata.RequestContext;
import io.millrace.testkit.FakeHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an authorization server on loopback. */
class OAuth2ClientTest {
  private static final String TOKEN =
      """
      {"access_token": "t", "token_type": "bearer", "expires_in": 3600, "other": {"a": [1]}}
      """;

  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile String answer = TOKEN;
  private volatile boolean takesBasic = true;
  private volatile int status = 200;
  private HttpServer server;
  private @Nullable ClientAuthenticator client;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/token", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.shutdown();
    }
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String login = exchange.getRequestHeaders().getFirst("authorization");
      logins.add(String.valueOf(login));
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      boolean isRefused = login != null && !takesBasic;
      byte[] body = (isRefused ? "{\"error\": \"invalid_client\"}" : answer).getBytes(UTF_8);
      exchange.sendResponseHeaders(isRefused ? 401 : status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static OAuth2ClientConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new OAuth2ClientExtensionFactory(), yaml);
  }

  private Credentials find() throws Exception {
    ClientAuthenticator started = client == null ? start() : client;
    client = started;
    CompletableFuture<Credentials> found = new CompletableFuture<>();
    started.authenticate(RequestContext.EMPTY, found::complete);
    return found.get(20, TimeUnit.SECONDS);
  }

  private ClientAuthenticator start() throws Exception {
    OAuth2ClientConfig config =
        load(
            """
            client_id: i d
            client_secret: s:1
            token_url: http://localhost:%d/token
            scopes: [a, b]
            endpoint_params: {audience: x&y}
            """
                .formatted(server.getAddress().getPort()));
    ClientAuthenticator made =
        (ClientAuthenticator)
            new OAuth2ClientExtensionFactory()
                .create(new FakeHost(Clock.SYSTEM).context("oauth2client"), config);
    made.start();
    return made;
  }

  private static Credentials header(String value) {
    return new Credentials.Headers(Map.of("authorization", value));
  }

  @Test
  void bindsEveryKey() throws Exception {
    OAuth2ClientConfig config =
        load(
            """
            grant_type: client_credentials
            client_id: a
            client_id_file: b
            client_secret: c
            client_secret_file: d
            token_url: https://e/f
            scopes: [g]
            endpoint_params: {h: [i, j], k: l}
            timeout: 2s
            expiry_buffer: 10s
            tls: {insecure_skip_verify: true}
            """);
    assertThat(config.tls().insecureSkipVerify()).isTrue();
    assertThat(config)
        .isEqualTo(
            new OAuth2ClientConfig(
                "client_credentials",
                "a",
                "b",
                new Secret("c"),
                "d",
                "https://e/f",
                List.of("g"),
                Map.of("h", List.of("i", "j"), "k", List.of("l")),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                config.tls()));
    assertThatThrownBy(() -> load("{}"))
        .hasMessageContaining("client_id: missing")
        .hasMessageContaining("client_secret: missing")
        .hasMessageContaining("token_url: missing");
    assertThatThrownBy(() -> load("{token_url: ftp://a, grant_type: jwt-bearer}"))
        .hasMessageContaining("token_url")
        .hasMessageContaining("grant_type");
  }

  @Test
  void logsInOnceAndSendsTheToken() throws Exception {
    assertThat(find()).isEqualTo(header("Bearer t"));
    assertThat(find()).isEqualTo(header("Bearer t"));

    assertThat(bodies).containsExactly("grant_type=client_credentials&scope=a+b&audience=x%26y");
    String login = Base64.getEncoder().encodeToString("i+d:s%3A1".getBytes(UTF_8));
    assertThat(logins).containsExactly("Basic " + login);
  }

  @Test
  void logsInInTheBodyWhereTheServerWantsThat() throws Exception {
    takesBasic = false;

    assertThat(find()).isEqualTo(header("Bearer t"));
    assertThat(bodies.getLast()).endsWith("&client_id=i+d&client_secret=s%3A1");
    assertThat(logins.getLast()).isEqualTo("null");
  }

  @Test
  void hasNoneWhileTheServerRefuses() throws Exception {
    status = 503;
    answer = "down";

    assertThat(find())
        .isEqualTo(
            new Credentials.Unavailable(
                "http://localhost:%d/token: HTTP 503: down"
                    .formatted(server.getAddress().getPort())));
  }

  @Test
  void hasNoneWithoutAnAnswerThatMakesSense() throws Exception {
    answer = "<html>";

    assertThat(find()).isInstanceOf(Credentials.Unavailable.class);
  }

  @Test
  void showsNoTokenInItsMessages() {
    TokenEndpoint endpoint = new TokenEndpoint(OAuth2ClientConfig.DEFAULT, secret(), secret());

    assertThat(endpoint.read(200, "{\"access_token\": \"hunter2".getBytes(UTF_8)).toString())
        .doesNotContain("hunter2");
    assertThat(endpoint.read(200, "{\"access_token\": \"hunter2\"}".getBytes(UTF_8)).toString())
        .doesNotContain("hunter2");
  }

  private static io.millrace.extension.credentials.Credential secret() {
    return io.millrace.extension.credentials.Credential.of(new Secret("s"), "");
  }
}
