package io.millrace.config;

import static io.millrace.config.Loading.heads;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("NAME", "tempo"),
          Map.entry("PORT", "4317"),
          Map.entry("OCTAL", "0123"),
          Map.entry("FLAG", "true"),
          Map.entry("EMPTY", ""),
          Map.entry("QUOTED", "\"q\""),
          Map.entry("TEXT", "a: b: c"),
          Map.entry("DOLLAR", "a$$b$c"),
          Map.entry("WHICH", "PORT"),
          Map.entry("AGAIN", "${env:PORT}"),
          Map.entry("LOOP", "x${LOOP}"),
          Map.entry("BLOCK", "{endpoint: '${NAME}:1', list: [1, yes]}"));

  private final Problems problems = new Problems();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          ${env:NAME}                 | tempo
          ${NAME}                     | tempo
          http://${NAME}:${env:PORT}/ | http://tempo:4317/
          "${NAME}"                   | tempo
          x${EMPTY}y                  | xy
          x${env:UNSET}y              | xy
          x${env:UNSET:-d}y           | xdy
          x${UNSET:-}y                | xy
          x${EMPTY:-d}y               | xy
          ${UNSET:-a:-b}              | a:-b
          ${QUOTED}                   | "q"
          ${TEXT}                     | a: b: c
          ${DOLLAR}                   | a$b$c
          ${env:UNSET:-${NAME}}       | tempo
          $NAME                       | $NAME
          $$NAME                      | $NAME
          $${NAME}                    | ${NAME}
          $$${NAME}                   | $tempo
          $$$${NAME}                  | $${NAME}
          a$1b                        | a$1b
          a$$1b                       | a$1b
          cost: $5                    | null
          ${NAME                      | ${NAME
          x${env:${NAME               | x${env:${NAME
          x}${NAME}                   | x}tempo
          ${yaml:text}                | text
          """)
  void expandsText(String yaml, @Nullable String text) {
    if (text == null) {
      assertThat(value(yaml)).isEqualTo(Map.of("cost", "$5"));
    } else {
      assertThat(value(yaml)).isEqualTo(text);
    }
    assertThat(heads(problems)).isEmpty();
  }

  @Test
  void keepsTypeOfWholeValue() {
    assertThat(
            value("['${PORT}', '${FLAG}', '${env:${WHICH}}', '${AGAIN}', '${X:-1.5}', '${EMPTY}']"))
        .isEqualTo(Arrays.asList(4317L, true, 4317L, 4317L, 1.5, null));
  }

  @Test
  void keepsOriginalTextForStrings() {
    ConfigNode.Scalar scalar = (ConfigNode.Scalar) expanded("${OCTAL}");

    assertThat(scalar.value()).isEqualTo(83L);
    assertThat(scalar.asText()).isEqualTo("0123");
  }

  @Test
  void takesNothingForUnsetVariableAndWarns() {
    ConfigNode.Scalar scalar = (ConfigNode.Scalar) expanded("${UNSET}");

    assertThat(scalar.value()).isNull();
    assertThat(scalar.asText()).isEmpty();
    assertThat(heads(problems.warnings()))
        .containsExactly("x:1:4: k: environment variable UNSET is not set");
  }

  @Test
  void expandsBlocksAndWhatIsInThem() {
    assertThat(value("${BLOCK}"))
        .isEqualTo(Map.of("endpoint", "tempo:1", "list", List.of(1L, "yes")));
  }

  @Test
  void placesBlockWhereItsExpressionStands() {
    ConfigNode block = expanded("${BLOCK}");

    assertThat(Objects.requireNonNull(block.find("endpoint")).position()).hasToString("x:1:4");
  }

  @Test
  void leavesKeysAlone() {
    assertThat(value("{'${NAME}': 1}")).isEqualTo(Map.of("${NAME}", 1L));
  }

  @Test
  void readsFileWithoutItsLastLineBreak(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("token");
    Files.writeString(file, "abc\ndef\n");

    assertThat(value("${file:" + file + "}")).isEqualTo("abc\ndef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${env:1X}          | x:1:4: k: "1X" cannot be the name of an environment variable
          a${}b              | x:1:4: k: "" cannot be the name of an environment variable
          (.*)${1}           | x:1:4: k: "1" cannot be the name of an environment variable
          ${https://x/y}     | x:1:4: k: scheme "https" is not supported
          ${file:/no/such}   | x:1:4: k: file /no/such does not exist
          ${LOOP}            | x:1:4: k: an expression that leads to itself
          """)
  void placesMistakes(String yaml, String head) {
    value(yaml);

    assertThat(heads(problems)).containsExactly(head);
  }

  private @Nullable Object value(String yaml) {
    return PlainValue.of(expanded(yaml));
  }

  private ConfigNode expanded(String yaml) {
    String text = yaml.startsWith("cost") ? "k:\n  " + yaml : "k: " + yaml;
    ConfigNode root = YamlComposer.read(new ConfigSource("x", text), problems);
    ConfigNode.Mapping mapping = (ConfigNode.Mapping) Objects.requireNonNull(root);
    ConfigNode expanded = new Expansion(ENVIRONMENT, problems).expand(mapping);
    return Objects.requireNonNull(expanded.find("k"));
  }
}
