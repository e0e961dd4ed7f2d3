package io.millrace.config;

import static io.millrace.config.Loading.REST;
import static io.millrace.config.Loading.load;
import static io.millrace.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentId;
import io.millrace.config.FakeComponents.LoginConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees: whatever is wrong around a secret, no text that is printed contains it. */
class SecretsTest {
  private static final String SECRET = "hunter2";

  @Test
  void readsButDoesNotPrint() throws Exception {
    CollectorConfig config =
        load(
            REST + "extensions: {login: {username: me, password: '${env:P}'}}",
            List.of(),
            Map.of("P", SECRET));

    LoginConfig login =
        (LoginConfig)
            Objects.requireNonNull(config.extensions().get(new ComponentId("login", ""))).config();
    assertThat(login.password().value()).isEqualTo(SECRET);
    assertThat(config.toString()).doesNotContain(SECRET).contains("[REDACTED]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extensions: {login: {user: me, password: hunter2}}",
        "extensions: {login: {password: hunter2, user: me}}",
        "extensions: {login: {pasword: hunter2}}",
        "extensions: {login: {whatever: hunter2}}",
        "extensions: {login: {password: [hunter2]}}",
        "extensions: {login: {password: {hunter2: x}}}",
        "extensions: {login: {user: 1, password: '${env:P}'}}",
        "extensions: {login: {username: [], password: \"hunter2\"}}",
        "extensions: {logon: {password: hunter2}}",
        "extensions: {logon: {api_key: hunter2}}",
        "exporters: {debug: , otlp: {timeout: 5, headers: {x: hunter2}}}",
        "exporters: {debug: , otlp: {headers: {x: hunter2}, timeout: 5}}",
        "exporters: {debug: , otlp: {headers: hunter2}}",
        "exporters: {debug: , otlp: {hedders: {x: hunter2}}}",
        "exporters: {debug: , otlp: {headers: {x: 5, y: hunter2}}}",
        "exporters: {debug: , otlp: {timeout: '${env:P}'}}",
        "exporters: {debug: , otlp: {sending_queue: {queue_size: '${env:P}'}}}",
        "exporters: {debug: , otlp: {sending_queue: '${env:BLOCK}'}}",
        "extensions:\n  login:\n    password: hunter2\n    password: hunter2x",
        "extensions:\n  login:\n    password: hunter2: x",
        "extensions:\n  login:\n    password: \"hunter2\" x",
        "extensions:\n  login:\n    username: a\n   password: hunter2",
        "extensions:\n  login:\n    key_pem: |\n  MIIEhunter2hunter2hunter2hunter2hunter2",
      })
  void printsNoSecretWithProblems(String part) {
    String rest = part.startsWith("exporters") ? REST.replaceAll("(?m)^exporters: .*\n", "") : REST;
    Map<String, String> environment = Map.of("P", SECRET, "BLOCK", "{queue_size: hunter2}");

    List<ConfigProblem> problems = problems(rest + part, List.of(), environment);

    assertThat(problems).isNotEmpty();
    assertThat(problems.toString()).doesNotContain(SECRET);
    assertThat(new ConfigException(problems)).message().doesNotContain(SECRET);
  }

  @Test
  void printsNoSecretThatItsRecordRefuses() {
    List<ConfigProblem> problems = problems(REST + "extensions: {login: {password: q}}");

    assertThat(problems.getFirst().render())
        .isEqualTo(
            """
            env:C:4:22: extensions.login.password: invalid value [REDACTED]
              4 | extensions: {login: {password: [REDACTED]
                |                      ^^^^^^^^
              expected: none or a long one\
            """);
  }
}
