package io.millrace.extension.headerssetter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import io.millrace.testkit.FakeHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersSetterTest {
  private static final RequestContext REQUEST =
      new RequestContext(
          Map.of("tenant", List.of("a"), "twice", List.of("a", "b")),
          Map.of("username", "anna"),
          "");

  /** Adds a login, or has none. */
  private record Login(Credentials credentials) implements ClientAuthenticator {
    @Override
    public void authenticate(RequestContext context, Consumer<Credentials> result) {
      result.accept(credentials);
    }
  }

  private final FakeHost host =
      new FakeHost(Clock.SYSTEM)
          .extension("login", new Login(headers("X-Login", "1")))
          .extension("away", new Login(new Credentials.Unavailable("no token")));

  @TempDir Path folder;

  private static Credentials headers(String name, String value) {
    return new Credentials.Headers(Map.of(name, value));
  }

  private static HeadersSetterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new HeadersSetterExtensionFactory(), yaml);
  }

  private Credentials find(String yaml) throws Exception {
    ClientAuthenticator setter =
        (ClientAuthenticator)
            new HeadersSetterExtensionFactory().create(host.context("headers_setter"), load(yaml));
    setter.start();
    List<Credentials> found = new ArrayList<>();
    setter.authenticate(REQUEST, found::add);
    setter.shutdown();
    return found.getFirst();
  }

  /** Guarantees: whoever joins requests is told of everything that a header is made of. */
  @Test
  void tellsWhatItReadsOfARequest() throws Exception {
    HeadersSetterConfig config =
        load(
            """
            additional_auth: tenants
            headers:
              - {key: a, from_context: X-Tenant}
              - {key: b, from_attribute: username}
              - {key: c, value: fixed}
            """);
    HeadersSetterExtensionFactory factory = new HeadersSetterExtensionFactory();
    ContextKeys own = new ContextKeys(Set.of("x-tenant"), Set.of("username"));
    assertThat(factory.reads(config)).isEqualTo(own);

    host.extension(
        "tenants", factory.create(host.context("t"), load("headers: [{key: d, from_context: d}]")));
    ClientAuthenticator setter =
        (ClientAuthenticator) factory.create(host.context("headers_setter"), config);
    assertThat(setter.reads()).isEqualTo(own.with(ContextKeys.ofMetadata(List.of("d"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {key: X-A, value: fixed}                                     | fixed
          {key: x-a, from_context: Tenant}                             | a
          {key: x-a, from_context: absent, default_value: nobody}      | nobody
          {key: x-a, from_context: tenant, default_value: nobody}      | a
          {key: x-a, from_attribute: username}                         | anna
          {key: x-a, from_attribute: absent, default_value: x}         | x
          {key: x-a, action: insert, value: fixed}                     | fixed
          """)
  void setsAHeaderFromItsSource(String header, String value) throws Exception {
    assertThat(find("headers: [" + header + "]")).isEqualTo(headers("x-a", value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: x-a, from_context: absent}",
        "{key: x-a, from_attribute: absent}",
        "{key: x-a, action: update, value: b}",
      })
  void leavesAHeaderAloneThatHasNoValue(String header) throws Exception {
    assertThat(find("headers: [" + header + "]")).isEqualTo(new Credentials.Headers(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"insert, 1", "update, 2", "upsert, 2"})
  void actsOnWhatIsThereAlready(String action, String value) throws Exception {
    String header = "{key: x-login, value: '2', action: " + action + "}";

    assertThat(find("{additional_auth: login, headers: [" + header + "]}"))
        .isEqualTo(headers("x-login", value));
  }

  @Test
  void takesAHeaderOut() throws Exception {
    assertThat(find("{additional_auth: login, headers: [{key: X-LOGIN, action: delete}]}"))
        .isEqualTo(new Credentials.Headers(Map.of()));
  }

  @Test
  void hasNoneWhereTheOtherHasNone() throws Exception {
    assertThat(find("{additional_auth: away, headers: [{key: a, value: b}]}"))
        .isEqualTo(new Credentials.Unavailable("no token"));
  }

  @Test
  void readsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("value"), "v\n");

    assertThat(find("headers: [{key: x-a, value_file: " + file + "}]"))
        .isEqualTo(headers("x-a", "v"));
  }

  @Test
  void knowsNoRightOneOfTwoTenants() throws Exception {
    assertThat(find("headers: [{key: X-A, from_context: twice}]"))
        .isEqualTo(
            new Credentials.Impossible(
                "header X-A: the sender's request has 2 values of twice (expected: one)"));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> load("{}")).hasMessageContaining("headers: missing");
    assertThatThrownBy(() -> load("headers: [{value: a}]"))
        .hasMessageContaining("headers[0].key: missing");
    assertThatThrownBy(() -> load("headers: [{key: a}]"))
        .hasMessageContaining("headers[0].value: missing");
    assertThatThrownBy(() -> load("headers: [{key: a, value: a, from_context: b}]"))
        .hasMessageContaining("value_file, from_context, from_attribute");
    assertThatThrownBy(() -> load("headers: [{key: 'a b', value: a}]"))
        .hasMessageContaining("headers[0].key");
  }
}
