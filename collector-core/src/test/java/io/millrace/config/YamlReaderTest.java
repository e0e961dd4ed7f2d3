package io.millrace.config;

import static io.millrace.config.Loading.heads;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private final Problems problems = new Problems();

  @Test
  void readsScalarsByTheRulesOfGo() {
    assertThat(
            plain(
                """
                [yes, "true", true, 0x1f, '5', 5, 5.0, ~, null, !!str 5, !!float 1.5, 0123,
                 18446744073709551615, 2001-01-01]
                """))
        .isEqualTo(
            Arrays.asList(
                "yes",
                "true",
                true,
                31L,
                "5",
                5L,
                5.0,
                null,
                null,
                "5",
                1.5,
                83L,
                new BigInteger("18446744073709551615"),
                "2001-01-01"));
  }

  @Test
  void readsJson() {
    assertThat(plain("{\"a\": [1, 2.5, \"x\\u00e9\", null, true], \"b\": {}}"))
        .isEqualTo(Map.of("a", Arrays.asList(1L, 2.5, "xé", null, true), "b", Map.of()));
  }

  @Test
  void readsBlockTextsAsTheyAre() {
    assertThat(plain("a: |\n  12\nb: >-\n  x\n  y\n")).isEqualTo(Map.of("a", "12\n", "b", "x y"));
  }

  @Test
  void followsAliasesAndMergeKeys() {
    assertThat(
            plain(
                """
                base: &base {a: 1, b: 2}
                more: &more {b: 3, c: 4}
                one: {<<: *base, b: 9}
                two: {b: 8, <<: [*more, *base]}
                """))
        .isEqualTo(
            Map.of(
                "base", Map.of("a", 1L, "b", 2L),
                "more", Map.of("b", 3L, "c", 4L),
                "one", Map.of("a", 1L, "b", 9L),
                "two", Map.of("a", 1L, "b", 8L, "c", 4L)));
  }

  @Test
  void takesQuotedMergeKeyAsKey() {
    assertThat(plain("'<<': 1")).isEqualTo(Map.of("<<", 1L));
  }

  @Test
  void reportsEveryDuplicateAndGoesOn() {
    read("a: 1\nb: {c: 1, c: 2}\na: 3\n");

    assertThat(heads(problems))
        .containsExactly(
            "x:2:11: b.c: duplicate key, first at x:2:5",
            "x:3:1: a: duplicate key, first at x:1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: 1\\n\\tb: 2         | x:2:1: a tab where YAML wants blanks
          a:\\n\\t- 1            | x:2:1: a tab where YAML wants blanks
          a: [1, 2              | x:1:4: not closed before the end of the text
          a: "x                 | x:1:4: not closed before the end of the text
          a: b: c               | x:1:5: a key where none can be
          a: 1\\n---\\nb: 2     | x:2:1: not YAML: but found another document
          a: *nothing           | x:1:4: not YAML: found undefined alias nothing
          a: @x                 | x:1:4: not YAML: found character '@' that cannot start any token
          a: 1\\n b: 2          | x:2:3: a key where none can be
          a:\\n  b: 1\\n c: 2  | x:3:2: an indentation that fits no line above
          a: 1\\nb:2            | x:2:1: a key without a colon and a blank
          ? [a, b]\\n: 1        | x:1:3: a key that is a list or a map
          a: !!int x            | x:1:4: a: tag tag:yaml.org,2002:int does not fit
          a: !secret x          | x:1:4: a: tag !secret does not fit
          <<: 5                 | x:1:1: <<: nothing to merge
          """)
  void placesWhatIsNotYaml(String yaml, String head) {
    read(yaml.replace("\\n", "\n").replace("\\t", "\t"));

    assertThat(heads(problems)).containsExactly(head);
  }

  @Test
  void placesControlCharacters() {
    read("a: 1\nb: \u0001\n");

    assertThat(heads(problems)).containsExactly("x:2:4: a control character");
  }

  @Test
  void boundsDepth() {
    read("[".repeat(60) + "]".repeat(60));

    assertThat(heads(problems)).singleElement().asString().contains("Nesting Depth exceeded");
  }

  @Test
  void boundsSize() {
    read("# x\n".repeat(YamlComposer.CODE_POINTS_MAX / 4) + "a: 1");

    assertThat(heads(problems)).singleElement().asString().contains("exceeds the limit");
  }

  /** Guarantees: neither time nor memory grows with what aliases multiply. */
  @Test
  void boundsWhatAliasesMultiply() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [1, 2]\n");
    for (int i = 1; i <= 24; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    read(yaml.toString());

    assertThat(heads(problems)).singleElement().asString().contains("too large");
  }

  @Test
  void boundsAliasThatContainsItself() {
    read("a: &a\n  b: *a\n");

    assertThat(heads(problems))
        .singleElement()
        .asString()
        .contains("an alias that contains itself");
  }

  @Test
  void knowsWhereEverythingStands() {
    ConfigNode root = Objects.requireNonNull(read("a:\n  - b: xyz\n    c: |\n      text\n"));

    assertThat(root.find("a")).isInstanceOf(ConfigNode.Sequence.class);
    ConfigNode item = ((ConfigNode.Sequence) Objects.requireNonNull(root.find("a"))).items().get(0);
    assertThat(item.position()).hasToString("x:2:5");
    assertThat(Objects.requireNonNull(item.find("b")).position())
        .isEqualTo(new Position(item.position().source(), 2, 8, 3));
    assertThat(Objects.requireNonNull(item.find("c")).position()).hasToString("x:3:8");
  }

  private @Nullable ConfigNode read(String yaml) {
    return YamlComposer.read(new ConfigSource("x", yaml), problems);
  }

  private @Nullable Object plain(String yaml) {
    Object plain = PlainValue.of(Objects.requireNonNull(read(yaml)));
    assertThat(heads(problems)).isEmpty();
    return plain;
  }
}
