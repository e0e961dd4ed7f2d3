package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.Clock;
import io.millrace.component.ExtensionId;
import io.millrace.exporter.sending.SendResult.Held;
import io.millrace.exporter.sending.SendResult.Retryable;
import io.millrace.exporter.sending.SendResult.Unsendable;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import io.millrace.testkit.FakeHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizerTest {
  /** Answers when the test says so. */
  private static final class Login implements ClientAuthenticator {
    static final ContextKeys READS = ContextKeys.ofMetadata(List.of("x-tenant"));

    final List<Consumer<Credentials>> waiting = new ArrayList<>();
    int refusals;

    @Override
    public ContextKeys reads() {
      return READS;
    }

    @Override
    public void authenticate(RequestContext context, Consumer<Credentials> result) {
      waiting.add(result);
    }

    @Override
    public void refused() {
      refusals++;
    }
  }

  private final Login login = new Login();
  private final List<Map<String, String>> sent = new ArrayList<>();
  private final List<SendResult> results = new ArrayList<>();
  private SendResult backend = SendResult.DELIVERED;

  private void send(@Nullable AuthConfig config) {
    FakeHost host = new FakeHost(Clock.SYSTEM).extension("login", login);
    Authorizer.of(host.context("otlp").extensions(), config)
        .authorize(
            RequestContext.EMPTY,
            results::add,
            (headers, callback) -> {
              sent.add(headers);
              callback.finished(backend);
            });
  }

  private void sendWithLogin(ClientAuthenticator.Credentials credentials) {
    send(new AuthConfig(ExtensionId.parse("login")));
    login.waiting.getFirst().accept(credentials);
  }

  private static ClientAuthenticator.Credentials header(String value) {
    return new ClientAuthenticator.Credentials.Headers(Map.of("x-tenant", value));
  }

  @Test
  void sendsAtOnceWithoutAuth() {
    send(null);

    assertThat(sent).containsExactly(Map.of());
    assertThat(results).containsExactly(SendResult.DELIVERED);
  }

  @Test
  void readsWhatTheExtensionReads() {
    FakeHost host = new FakeHost(Clock.SYSTEM).extension("login", login);
    AuthConfig config = new AuthConfig(ExtensionId.parse("login"));

    assertThat(Authorizer.of(host.context("otlp").extensions(), config).reads())
        .isEqualTo(Login.READS);
    assertThat(Authorizer.of(host.context("otlp").extensions(), null).reads())
        .isEqualTo(ContextKeys.NONE);
  }

  @Test
  void waitsForTheHeaders() {
    send(new AuthConfig(ExtensionId.parse("login")));
    assertThat(sent).isEmpty();

    login.waiting.getFirst().accept(header("a"));
    assertThat(sent).containsExactly(Map.of("x-tenant", "a"));
    assertThat(results).containsExactly(SendResult.DELIVERED);
  }

  @Test
  void retriesWhatHasNoCredentialsForTheTimeBeing() {
    sendWithLogin(new ClientAuthenticator.Credentials.Unavailable("no token"));

    assertThat(sent).isEmpty();
    assertThat(results).containsExactly(new Retryable("no token", 0));
  }

  @Test
  void givesUpWhatCanHaveNone() {
    sendWithLogin(new ClientAuthenticator.Credentials.Impossible("two tenants"));

    assertThat(sent).isEmpty();
    assertThat(results).containsExactly(new Unsendable("two tenants"));
  }

  /** Guarantees: a sender cannot write a header of its own through a value of ours. */
  @Test
  void sendsNoValueWithALineBreak() {
    sendWithLogin(header("a\r\nx-admin: true"));

    assertThat(sent).isEmpty();
    assertThat(results)
        .containsExactly(new Unsendable("header x-tenant has characters that no header may have"));
  }

  @Test
  void tellsTheExtensionThatTheBackendRefusedItsCredentials() {
    backend = new Held("HTTP 401");
    sendWithLogin(header("a"));

    assertThat(login.refusals).isEqualTo(1);
    assertThat(results).containsExactly(backend);
  }
}
