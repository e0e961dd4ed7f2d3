package io.millrace.config;

import static io.millrace.config.Loading.REST;
import static io.millrace.config.Loading.heads;
import static io.millrace.config.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What loads, but was probably not meant so. */
class WarningsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $TOKEN      | $TOKEN is not expanded; write ${env:TOKEN}, or $$TOKEN if it is meant so
          a$HOST:1    | $HOST is not expanded; write ${env:HOST}, or $$HOST if it is meant so
          $set        | $set is not expanded; write ${env:set}, or $$set if it is meant so
          $$$TOKEN    | $TOKEN is not expanded; write ${env:TOKEN}, or $$TOKEN if it is meant so
          ${env:TOKEN | ${ without } is not expanded; $${ says that it is meant so
          """)
  void dollarsThatLookLikeVariables(String written, String warning) throws Exception {
    assertThat(warnings("exporters: {debug: , otlp: {endpoint: '" + written + "'}}"))
        .containsExactly("env:C:1:39: exporters.otlp.endpoint: " + warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$$TOKEN", "$1", "a$", "$$", "$lower", "$${env:TOKEN}", "${env:set}"})
  void otherDollarsAreTakenAsTheyAre(String written) throws Exception {
    assertThat(warnings("exporters: {debug: , otlp: {endpoint: 'x" + written + "'}}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extensions: {login: {password: hunter2}}",
        "exporters: {debug: , otlp: {headers: {Authorization: Bearer hunter2}}}",
        "exporters: {debug: , otlp: {headers: {x-api-key: hunter2}}}"
      })
  void secretsInPlainText(String yaml) throws Exception {
    assertThat(warnings(yaml))
        .singleElement()
        .asString()
        .contains(
            ": a secret in plain text; ${env:NAME} or ${file:path} keeps it out of this file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extensions: {login: {password: '${env:set}'}}",
        "extensions: {login: {password: ''}}",
        "exporters: {debug: , otlp: {headers: {X-Scope-OrgID: team-a}}}"
      })
  void secretsFromElsewhereAndHarmlessHeadersAreFine(String yaml) throws Exception {
    assertThat(warnings(yaml)).isEmpty();
  }

  @Test
  void keysOfTheCollectorThatMeanNothingHere() throws Exception {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: {read_buffer_size: 524288}}}}
        exporters: {debug: }
        service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}
        """;
    assertThat(heads(load(yaml, List.of(), Map.of()).warnings()))
        .containsExactly(
            "env:C:1:39: receivers.otlp.protocols.grpc.read_buffer_size: has no effect in Millrace");
  }

  @Test
  void namesThatComponentsOnceHad() throws Exception {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {logging/a: , debug: , logging: {verbosity: detailed}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [logging/a, debug, logging]}}}
        """;
    CollectorConfig config = load(yaml, List.of(), Map.of());

    assertThat(heads(config.warnings()))
        .containsExactly(
            "env:C:2:13: exporters.logging/a:"
                + " \"logging\" alias is deprecated; use \"debug\" instead",
            "env:C:2:35: exporters.logging: \"logging\" alias is deprecated; use \"debug\" instead");
    assertThat(config.exporters().keySet()).hasToString("[logging/a, debug, logging]");
  }

  private static List<String> warnings(String yaml) throws Exception {
    String rest = yaml.startsWith("exporters") ? REST.replace("exporters: {debug: }\n", "") : REST;
    return heads(load(yaml + "\n" + rest, List.of(), Map.of("set", "hunter3")).warnings()).stream()
        .filter(warning -> !warning.endsWith("configured, but not used"))
        .toList();
  }
}
