package io.millrace.config;

import static io.millrace.config.Loading.heads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
  private final Problems problems = new Problems();
  private @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "file:"})
  void readsFiles(String scheme) throws Exception {
    Path file = directory.resolve("c.yaml");
    Files.writeString(file, "\uFEFFa: 1\n");

    assertThat(merged(List.of(scheme + file))).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void readsEnvironmentAndText() {
    assertThat(merged(List.of("env:C", "yaml:a::b: 1", "yaml:{a::c::d: [x], e: 2}")))
        .isEqualTo(
            Map.of("c", true, "a", Map.of("b", 1L, "c", Map.of("d", List.of("x"))), "e", 2L));
  }

  @Test
  void takesEmptyTextAsEmptyConfiguration() {
    assertThat(merged(List.of("yaml:a: 1", "yaml:", "yaml:# nothing"))).isEqualTo(Map.of("a", 1L));
  }

  /** Guarantees: maps merge, lists and values are replaced, by nothing too, the last one wins. */
  @Test
  void laysLaterOverEarlier() {
    Map<String, @Nullable Object> expected = new HashMap<>();
    expected.put("map", Map.of("kept", 1L, "over", 3L, "more", 4L));
    expected.put("list", List.of("c"));
    expected.put("gone", null);
    expected.put("text", Map.of("now", "a map"));
    expected.put("empty", Map.of("x", 1L));

    assertThat(
            merged(
                List.of(
                    "yaml:{map: {kept: 1, over: 2}, list: [a, b], gone: {x: 1}, text: t,"
                        + " empty: {x: 1}}",
                    "yaml:{map: {over: 3, more: 4}, list: [c], gone: , text: {now: a map},"
                        + " empty: {}}")))
        .isEqualTo(expected);
  }

  @Test
  void setsOverEverything() {
    Map<String, @Nullable Object> nothing = new HashMap<>();
    nothing.put("m", null);

    assertThat(
            merged(
                List.of("yaml:{a: {b: 1, c: 2}, l: [1]}"),
                List.of("a.b=x=y", "l=[2, 3]", "n.m=", "f=0x10")))
        .isEqualTo(
            Map.of("a", Map.of("b", "x=y", "c", 2L), "l", List.of(2L, 3L), "n", nothing, "f", 16L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /no/such/file.yaml | --config /no/such/file.yaml: does not exist
          file:/             | --config /: is a directory
          env:NO             | --config env:NO: the variable is not set
          https://x/c.yaml   | --config https://x/c.yaml: scheme "https" is not supported
          yaml:text          | yaml::1:1: not a configuration
          yaml:[a]           | yaml::1:1: not a configuration
          yaml:a: [          | yaml::1:5: not closed before the end of the text
          """)
  void saysWhatItCannotRead(String argument, String head) {
    new SourceReader(Map.of(), problems).read(List.of(argument), List.of());

    assertThat(heads(problems)).hasSize(1).first().asString().startsWith(head);
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "a: é".getBytes(StandardCharsets.ISO_8859_1));

    new SourceReader(Map.of(), problems).read(List.of(file.toString()), List.of());

    assertThat(heads(problems)).containsExactly("--config " + file + ": is not UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.b     | --set:1:1: not a setting
          =v      | --set:1:1: not a setting
          a..b=v  | --set:1:1: not a setting
          a.b=[x  | --set:1:5: not closed before the end of the text
          """)
  void saysWhichSettingItCannotRead(String set, String head) {
    new SourceReader(Map.of(), problems).read(List.of(), List.of(set));

    assertThat(heads(problems)).containsExactly(head);
  }

  @Test
  void placesSettingsInTheirArgument() {
    assertThat(
            heads(
                Loading.problems(
                    Loading.REST,
                    List.of("exporters.debug.verbosity=loud", "exporters.debug.colour=x"),
                    Map.of())))
        .containsExactly(
            "--set:1:27: exporters.debug.verbosity: found \"loud\"",
            "--set:1:17: exporters.debug.colour: unknown key");
  }

  @Test
  void placesMistakesInTheFileThatMadeThem() throws Exception {
    Path base = directory.resolve("base.yaml");
    Path over = directory.resolve("over.yaml");
    Files.writeString(base, Loading.REST + "processors:\n  batch:\n    timeot: 1s\n");
    Files.writeString(over, "processors:\n  batch: {send_batch_size: -1}\n");

    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigLoader.load(
                    List.of(base.toString(), over.toString()),
                    List.of(),
                    Map.of(),
                    FakeComponents.ALL));

    assertThat(heads(thrown.problems()))
        .containsExactly(
            base + ":6:5: processors.batch.timeot: unknown key, did you mean \"timeout\"?",
            over + ":2:11: processors.batch.send_batch_size: invalid value -1");
  }

  private @Nullable Object merged(List<String> configArgs) {
    return merged(configArgs, List.of());
  }

  private @Nullable Object merged(List<String> configArgs, List<String> sets) {
    List<ConfigNode.Mapping> layers =
        new SourceReader(Map.of("C", "c: true"), problems).read(configArgs, sets);
    assertThat(heads(problems)).isEmpty();
    return PlainValue.of(layers.stream().reduce(ConfigMerge::merge).orElseThrow());
  }
}
